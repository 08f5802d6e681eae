"""Pictures in Word: `{{ 图 }}` in a paragraph prints an inline drawing, in the body, a header or a footer."""

from __future__ import annotations

from generator.ooxml.escaping import QUOTE, escape
from generator.template.image import Image
from generator.template.printable import safe_link
from generator.word.run.additions import Part

_DRAWING = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<wp:docPr id="{id}" name="{name}"{description}>{link}</wp:docPr><wp:cNvGraphicFramePr>'
    '<a:graphicFrameLocks xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" noChangeAspect="1"/>'
    "</wp:cNvGraphicFramePr>"
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{embed}">{vector}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    "</wp:inline></w:drawing>"
)
LINK = '<a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" r:id="{id}"/>'
_VECTOR = (  # [MS-ODRAWXML] 2.3.1.10
    '<a:extLst><a:ext uri="{{96DAC541-7B7A-43D3-8B79-37D633B846F1}}"><asvg:svgBlip'
    ' xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="{embed}"/></a:ext></a:extLst>'
)


def drawing(image: Image, part: Part) -> str:
    """The picture as content of a run: an inline drawing, its media and link added to the document."""
    link = "" if not image.url else LINK.format(id=part.relate("hyperlink", safe_link(image.url), external=True))
    return _DRAWING.format(
        cx=image.width,
        cy=image.height,
        id=part.additions.drawing_id(),
        name=escape(image.name, QUOTE),
        description=f' descr="{escape(image.description, QUOTE)}"' if image.description else "",
        link=link,
        embed=embedded(image, part),
        vector=vector_twin(image, part),
    )


def embedded(image: Image, part: Part) -> str:
    """The relationship of a part to a picture, which the document then holds."""
    return part.relate("image", part.additions.add_media(image.content, image.extension, image.content_type))


def vector_twin(image: Image, part: Part) -> str:
    """What shows the SVG of a picture to programs that know it, "" for a picture without one."""
    if not image.vector:
        return ""
    member = part.additions.add_media(image.vector, "svg", "image/svg+xml")
    return _VECTOR.format(embed=part.relate("image", member))
