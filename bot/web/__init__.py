"""App-wide parts of the web side: templates, static files, security headers, errors."""
