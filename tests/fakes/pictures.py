"""Pictures that tell more than they show, as those of telephones and editors do."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

CAMERA = "Camera of Amina"
PLACE = "Lampedusa harbour"
NOTE = "My brother Omar"
VILLAGE = "Village of Fatou"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:li>{VILLAGE}</rdf:li></x:xmpmeta>'
PROFILE = "acsp"
"""What every colour profile has in it: it may name the device."""
FORMS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP"}


def drawn(mode: str = "RGB", size: tuple[int, int] = (96, 64)) -> Image.Image:
    """A picture with a dark corner at the top left."""
    picture = Image.new(mode, size, "white")
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="black")
    return picture


def saved(picture: Image.Image, form: str, **options: object) -> bytes:
    written = BytesIO()
    picture.save(written, form, **options)
    return written.getvalue()


def telling(form: str) -> bytes:
    """A picture with place, camera, notes and a colour profile beside it."""
    exif = Image.Exif()
    exif[Base.Model] = CAMERA
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] = (35.0, 30.0, 1.0)
    exif.get_ifd(IFD.GPSInfo)[GPS.GPSAreaInformation] = PLACE.encode()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if form == "JPEG":
        content = saved(drawn(), form, exif=exif, icc_profile=profile, comment=NOTE, xmp=XMP.encode(), dpi=(300, 300))
        # Telephones put a second picture or a short film behind the end.
        return content + b"\xff\xd8\xff\xe1" + CAMERA.encode() + b"\xff\xd9"
    if form == "PNG":
        texts = PngInfo()
        texts.add_text("Author", NOTE)
        texts.add_text("Description", NOTE, zip=True)
        texts.add_itxt("XML:com.adobe.xmp", XMP)
        texts.add(b"tIME", struct.pack(">HBBBBB", 2026, 11, 23, 8, 15, 0))
        return saved(drawn(), form, exif=exif, icc_profile=profile, pnginfo=texts)
    return saved(drawn(), form, exif=exif, icc_profile=profile, xmp=XMP.encode())


def unpacked(content: bytes) -> bytes:
    """The content, and behind it the packed texts of a PNG file."""
    texts = b""
    at = 8
    while content.startswith(b"\x89PNG") and at < len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if kind in (b"zTXt", b"iCCP"):
            name, _, packed = content[at + 8 : at + 8 + length].partition(b"\0")
            texts += name + zlib.decompress(packed[1:])
        at += length + 12
    return content + texts
