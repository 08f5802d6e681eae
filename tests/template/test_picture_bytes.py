"""Pictures are told by their bytes, whole and of a size that can be shown; what is more than a drawing is refused."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from typing import Any

import pytest
from PIL import Image

from generator.diagnostics import InvalidTemplate
from generator.template.image import image
from generator.template.picture_bytes import format_of
from tests.support.pictures import emf, jpeg, picture, svg, wmf

MM = 36_000


def refused(content: bytes, **options: object) -> str:
    with pytest.raises(InvalidTemplate) as caught:
        image(content, **options)  # type: ignore[arg-type]
    (found,) = caught.value.diagnostics
    return found.code


def opened(content: bytes) -> Any:
    return Image.open(io.BytesIO(content)).convert("RGB")


@pytest.mark.parametrize("orientation", range(1, 9))
def it_shows_a_photograph_as_its_camera_was_held(orientation):
    made = image(jpeg(orientation))
    seen = opened(made.content)
    assert seen.size == (40, 20)
    red, blue = seen.getpixel((5, 10)), seen.getpixel((35, 10))
    assert red[0] > 200
    assert red[2] < 60
    assert blue[2] > 200
    assert (made.width, made.height) == (image(jpeg(1)).width, image(jpeg(1)).height)


def it_turns_a_scanned_tiff_and_a_png_upright():
    for kind in ("TIFF", "PNG"):
        exif = Image.Exif()
        exif[0x0112] = 6
        buffer = io.BytesIO()
        Image.new("RGB", (40, 20), "red").save(buffer, kind, exif=exif)
        made = image(buffer.getvalue())
        assert opened(made.content).size == (20, 40)
        assert made.height == 2 * made.width


def it_keeps_what_shines_through_when_it_turns_a_picture():
    exif = Image.Exif()
    exif[0x0112] = 3
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 2), (255, 0, 0, 10)).save(buffer, "PNG", exif=exif)
    turned = Image.open(io.BytesIO(image(buffer.getvalue()).content))
    assert (turned.mode, turned.getpixel((0, 0))) == ("RGBA", (255, 0, 0, 10))


@pytest.mark.parametrize("order", ["<", ">"])
def it_reads_the_size_of_a_tiff_behind_other_tags(order):
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    tags = [(254, 4, 0), (256, 3, 40), (257, 4, 60_000_000)]  # too many pixels, known before any is unpacked
    packed = b"".join(
        struct.pack(f"{order}HHI", tag, kind, 1)
        + (struct.pack(f"{order}HH", value, 0) if kind == 3 else struct.pack(f"{order}I", value))
        for tag, kind, value in tags
    )
    assert refused(head + struct.pack(f"{order}H", len(tags)) + packed + bytes(4)) == "image-too-large"


def it_converts_webp_to_png():
    made = image(picture("WEBP"), width="20mm")
    assert (made.extension, made.content_type, made.width, made.height) == ("png", "image/png", 20 * MM, 10 * MM)
    assert opened(made.content).getpixel((1, 1))[0] > 240


def it_takes_the_size_of_metafiles_from_their_headers():
    made = image(emf())
    assert (made.extension, made.width, made.height) == ("emf", 20 * MM, 10 * MM)
    made = image(wmf())
    assert (made.extension, made.width, made.height) == ("wmf", 914_400, 457_200)
    made = image(wmf().replace(struct.pack("<hhH", 1440, 720, 1440), struct.pack("<hhH", 1440, 720, 0)))
    assert (made.width, made.height) == (914_400, 457_200)  # one that does not say how many units an inch has: twips
    assert refused(wmf(placed=False)) == "image-without-size"
    assert refused(wmf(placed=False), width="10mm") == "image-without-size"
    made = image(wmf(placed=False), width="10mm", height="5mm")
    assert (made.width, made.height) == (10 * MM, 5 * MM)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def it_takes_pngs_of_every_kind(mode):
    buffer = io.BytesIO()
    Image.new(mode, (40, 20)).save(buffer, "PNG", **({"transparency": 0} if mode in ("P", "L") else {}))
    assert image(buffer.getvalue()).content == buffer.getvalue()


def it_takes_animated_pictures_for_their_first_frame():
    frames = [Image.new("RGB", (40, 20), colour) for colour in ("red", "blue")]
    for kind in ("PNG", "GIF"):
        buffer = io.BytesIO()
        frames[0].save(buffer, kind, save_all=True, append_images=frames[1:])
        assert image(buffer.getvalue()).content == buffer.getvalue()


def it_takes_a_cmyk_jpeg_and_one_without_a_jfif_marker():
    buffer = io.BytesIO()
    Image.new("CMYK", (40, 20)).save(buffer, "JPEG")
    assert (image(buffer.getvalue()).extension, image(buffer.getvalue(), width="4cm").height) == ("jpg", 720_000)
    plain = picture("JPEG")
    bare = plain[:2] + plain[4 + struct.unpack_from(">H", plain, 4)[0] :]
    assert b"JFIF" not in bare
    assert image(bare, width="4cm").height == 720_000


def it_takes_a_bitmap_that_runs_from_top_to_bottom():
    content = bytearray(picture("BMP"))
    struct.pack_into("<i", content, 22, -20)
    made = image(bytes(content))
    assert made.width == 2 * made.height


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def it_refuses_a_picture_that_is_cut_short(kind):
    noisy = Image.effect_noise((64, 64), 90).convert("RGB")
    buffer = io.BytesIO()
    noisy.save(buffer, kind)
    content = buffer.getvalue()
    assert image(content)
    for kept in (len(content) - len(content) // 4, len(content) // 2, 40, 14):
        assert refused(content[:kept]) in ("image-cut-short", "image-unreadable")


@pytest.mark.parametrize("kind", [emf, wmf])
def it_refuses_a_metafile_that_is_cut_short(kind):
    for kept in (len(kind()) - 4, 42, 20):
        assert refused(kind()[:kept]) in ("image-cut-short", "image-unreadable")


def it_refuses_a_damaged_png():
    content = bytearray(picture())
    content[content.index(b"IDAT") + 6] ^= 0xFF
    assert refused(bytes(content)) == "image-cut-short"


@pytest.mark.parametrize("size", [(0, 20), (40, 0)])
def it_refuses_a_picture_of_no_size(size):
    content = bytearray(picture())
    struct.pack_into(">II", content, 16, *size)
    struct.pack_into(">I", content, 29, zlib.crc32(bytes(content[12:29])))
    assert refused(bytes(content)) == "image-unreadable"


@pytest.mark.parametrize("size", [(10_000, 10_000), (2**31 - 1, 2**31 - 1)])
def it_refuses_a_picture_of_too_many_pixels_without_unpacking_it(size):
    content = bytearray(picture())
    struct.pack_into(">II", content, 16, *size)
    struct.pack_into(">I", content, 29, zlib.crc32(bytes(content[12:29])))
    assert refused(bytes(content)) == "image-too-large"
    bitmap = bytearray(picture("BMP"))
    struct.pack_into("<ii", bitmap, 18, min(size[0], 20_000), min(size[1], 20_000))
    assert refused(bytes(bitmap)) == "image-too-large"


def webp(kind: bytes) -> bytearray:
    """A WebP of 40 by 20 in one of its three layouts: lossy, lossless, extended."""
    options: dict[bytes, dict[str, Any]] = {
        b"VP8 ": {},
        b"VP8L": {"lossless": True},
        b"VP8X": {"exif": Image.Exif().tobytes()},
    }
    buffer = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(buffer, "WEBP", **options[kind])
    content = bytearray(buffer.getvalue())
    assert content[12:16] == kind
    return content


@pytest.mark.parametrize("kind", [b"VP8 ", b"VP8L", b"VP8X"])
def it_knows_the_size_of_a_webp_before_it_unpacks_it(kind):
    made = image(bytes(webp(kind)), width="20mm")
    assert (made.width, made.height) == (20 * MM, 10 * MM)
    huge = webp(kind)
    if kind == b"VP8X":
        huge[24:30] = (11_999).to_bytes(3, "little") + (9_999).to_bytes(3, "little")
    elif kind == b"VP8L":
        struct.pack_into("<I", huge, 21, 11_999 | 9_999 << 14)
    else:
        struct.pack_into("<HH", huge, 26, 12_000, 10_000)
    with pytest.raises(InvalidTemplate) as caught:
        image(bytes(huge))
    (found,) = caught.value.diagnostics
    assert found.code == "image-too-large"
    assert "12000" in found.message
    assert "10000" in found.message


def it_takes_a_bitmap_of_os_2_and_a_jpeg_with_fill_bytes():
    # two rows of two red dots, each filled up to four bytes
    rows = (b"\x00\x00\xff" * 2 + b"\x00\x00") * 2
    bitmap = b"BM" + struct.pack("<IHHI", 26 + len(rows), 0, 0, 26) + struct.pack("<IHHHH", 12, 2, 2, 1, 24) + rows
    made = image(bitmap)
    assert made.width == made.height
    photograph = jpeg(1)
    filled = photograph[:2] + b"\xff\xff" + photograph[2:]
    assert (image(filled).width, image(filled).height) == (image(photograph).width, image(photograph).height)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"<html/>", b"PK\3\4", b"\x89PNG", b"GIF8", "图".encode()])
def it_refuses_what_is_no_picture(content):
    assert refused(content) in ("image-unreadable", "image-cut-short")


def it_goes_by_the_bytes_not_by_the_name(tmp_path):
    (tmp_path / "章.png").write_bytes(picture("JPEG"))
    made = image(str(tmp_path / "章.png"))
    assert (made.extension, made.content_type) == ("jpg", "image/jpeg")
    assert format_of(made.content) == "JPEG"


def it_draws_the_png_of_an_svg():
    made = image(svg(), width="20mm")
    assert (made.width, made.height, made.extension) == (20 * MM, 10 * MM, "png")
    assert opened(made.content).size == (80, 40)
    assert opened(made.content).getpixel((5, 5)) == (255, 0, 0)
    assert b"<rect" in made.vector


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="20"', (381_000, 190_500)),
        ('width="20mm" height="1cm"', (20 * MM, 10 * MM)),
        ('viewBox="0 0 40 20"', (381_000, 190_500)),
        ('width="100%" height="100%" viewBox="0,0,40,20"', (381_000, 190_500)),
        ('width="1in" viewBox="0 0 4 2"', (914_400, 457_200)),
        ("", (300 * 9525, 150 * 9525)),
    ],
)
def it_takes_the_size_that_an_svg_states(attributes, size):
    made = image(svg(attributes=attributes))
    assert (made.width, made.height) == size


def it_takes_a_fallback_that_the_caller_gives(monkeypatch):
    made = image(svg(), fallback=picture(colour="blue"))
    assert opened(made.content).getpixel((1, 1)) == (0, 0, 255)
    assert made.width == 40 * 9525
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert refused(svg()) == "image-svg-undrawn"
    assert image(svg(), fallback=picture()).vector


@pytest.mark.parametrize(
    "inner",
    [
        "<script>alert(1)</script>",
        '<rect width="4" height="4" onload="alert(1)"/>',
        '<image href="http://example.com/a.png"/>',
        '<image xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="file:///etc/passwd"/>',
        '<image href="../a.png"/>',
        '<image href="data:image/svg+xml,%3Csvg/%3E"/>',
        '<use href="http://example.com/a.svg#b"/>',
        "<foreignObject><p>x</p></foreignObject>",
        '<style>@import url("http://example.com/a.css");</style>',
        "<style>rect { fill: url(http://example.com/a) }</style>",
        '<rect style="fill: url( &quot;//example.com/a&quot; )"/>',
        '<a href="javascript:alert(1)"><rect/></a>',
        r"<style>rect{fill:u\72l(http://example.com/a)}</style>",
        r'<rect style="marker:\75rl(http://example.com/a#b)"/>',
        r'<rect style="marker:u\72&#13;&#10;l(http://example.com/a#b)"/>',
        '<use href="#a"><set attributeName="href" to="http://example.com/a.svg#b"/></use>',
        '<image><animate attributeName="xlink:href" values="http://example.com/a.png"/></image>',
        '<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>',
        '<g id="a"><use href="#a"/></g>',
        '<g id="a0"><path/></g>'
        + "".join('<g id="a{}">{}</g>'.format(n, f'<use href="#a{n - 1}"/>' * 10) for n in range(1, 12)),
    ],
)
def it_refuses_an_svg_that_is_more_than_a_drawing(inner):
    assert refused(svg(inner)) == "image-svg-active"


def it_takes_a_font_whose_name_is_escaped_and_what_moves():
    assert image(svg(r'<text style="font-family:\5B8B\4F53">x<animate attributeName="x" to="9"/></text>')).vector


def it_refuses_entities_and_what_is_no_svg():
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + svg("<text>&b;</text>")
    assert refused(bomb) == "image-svg-active"
    assert refused(b'<?xml-stylesheet href="http://example.com/a.css"?>' + svg()) == "image-svg-active"
    assert refused(svg()[:-20]) == "image-cut-short"
    assert refused(b"<html><svg/></html>") == "image-unreadable"


def it_takes_drawings_as_programs_write_them():
    plain = b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/TR/svg11.dtd">'
    inner = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs>'
        '<style>.a { fill: url(#g) }</style><rect class="a" width="9" height="9" style="stroke:url(\'#g\')"/>'
        '<g id="p"><path d="M0 0h9"/></g><use href="#p"/><use href="#p" x="3"/>'
    )
    made = image(plain + svg(inner))
    assert b"DOCTYPE" not in made.vector
    assert image(b"\xef\xbb\xbf" + svg()).vector


def it_fits_a_picture_whole_into_a_box():
    made = image(picture()).within(10 * MM, 10 * MM)
    assert (made.width, made.height) == (10 * MM, 5 * MM)
    made = image(picture()).within(100 * MM, 10 * MM)
    assert (made.width, made.height) == (20 * MM, 10 * MM)
