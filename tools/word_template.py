"""Writes ``templates/diagnosis.docx``, the page setup and styles of written diagnoses.

``python tools/word_template.py`` writes it anew; the same script gives the same bytes. A firm
changes a copy in Word, not here.
"""

import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

TEMPLATE = Path(__file__).parent.parent / "templates" / "diagnosis.docx"
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_INK, _SOFT, _LINE = "1D2330", "5A6272", "C4C9D4"
_FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Microsoft YaHei"/>'
_PARTS = (
    ("/word/document.xml", "document.main", "officeDocument"),
    ("/word/styles.xml", "styles", "styles"),
    ("/word/settings.xml", "settings", "settings"),
    ("/word/numbering.xml", "numbering", "numbering"),
    ("/word/header1.xml", "header", "header"),
    ("/word/footer1.xml", "footer", "footer"),
)


def _paragraph_style(
    style: str,
    name: str,
    *,
    based: str = "Normal",
    following: str = "",
    paragraph: str = "",
    text: str = "",
    custom: bool = False,
) -> str:
    own = ' w:customStyle="1"' if custom else ""
    based_on = f'<w:basedOn w:val="{based}"/>' if based else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{style}"><w:name w:val="{name}"/>{based_on}'
        f"{after}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _character_style(style: str, name: str, text: str, *, custom: bool = False) -> str:
    own = ' w:customStyle="1"' if custom else ""
    return (
        f'<w:style w:type="character"{own} w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:rPr>{text}</w:rPr></w:style>'
    )


def _size(points: float) -> str:
    return f'<w:sz w:val="{int(points * 2)}"/><w:szCs w:val="{int(points * 2)}"/>'


def _color(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _spacing(before: int, after: int, line: int = 264) -> str:
    """Return spacing in twentieths of a point, lines in 240ths of a line."""
    return f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'


def _styles() -> Iterator[str]:
    yield (
        f"{_HEAD}<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr>{_FONTS}{_size(10)}"
        '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing(0, 120)}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    yield (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
        '<w:name w:val="Normal Table"/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
        '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
        '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        '</w:tblPr></w:style><w:style w:type="numbering" w:default="1" w:styleId="NoList">'
        '<w:name w:val="No List"/></w:style>'
    )
    heading = "<w:keepNext/><w:keepLines/>"
    for level, (size, before, after) in enumerate(((15, 360, 100), (12, 240, 80), (11, 200, 60))):
        yield _paragraph_style(
            f"Heading{level + 1}",
            f"heading {level + 1}",
            following="BodyText",
            paragraph=f'{heading}{_spacing(before, after, 252)}<w:outlineLvl w:val="{level}"/>',
            text=f"<w:b/><w:bCs/>{_color(_INK)}{_size(size)}",
        )
    yield _paragraph_style(
        "Title",
        "Title",
        following="Subtitle",
        paragraph=f"<w:keepNext/>{_spacing(0, 60, 240)}",
        text=f"<w:b/><w:bCs/>{_color(_INK)}{_size(24)}",
    )
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="6" w:color="{_INK}"/></w:pBdr>'
        f"{_spacing(0, 300)}"
    )
    soft = _color(_SOFT)
    yield _paragraph_style(
        "Kind",
        "Kind of document",
        following="Title",
        paragraph=_spacing(0, 40),
        text=f'<w:caps/>{soft}<w:spacing w:val="20"/>{_size(9)}',
        custom=True,
    )
    yield _paragraph_style("Subtitle", "Subtitle", paragraph=_spacing(0, 40), text=soft)
    yield _paragraph_style("Reader", "Reader", paragraph=rule, text="<w:i/><w:iCs/>", custom=True)
    yield _paragraph_style("BodyText", "Body Text", paragraph=_spacing(0, 120, 276))
    yield _paragraph_style(
        "Summary",
        "Summary",
        based="BodyText",
        paragraph=(
            f'<w:pBdr><w:left w:val="single" w:sz="24" w:space="10" w:color="{_INK}"/></w:pBdr>'
            '<w:shd w:val="clear" w:color="auto" w:fill="F3F4F8"/><w:ind w:left="240"/>'
        ),
        custom=True,
    )
    yield _paragraph_style(
        "Remark", "Remark", based="BodyText", text=f"<w:i/><w:iCs/>{soft}", custom=True
    )
    yield _paragraph_style(
        "Quote",
        "Quote",
        based="BodyText",
        paragraph='<w:ind w:left="454" w:right="454"/>',
        text="<w:i/><w:iCs/>",
    )
    yield _paragraph_style(
        "ListBullet",
        "List Bullet",
        based="BodyText",
        paragraph=(
            '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
            f'{_spacing(0, 60)}<w:ind w:left="284" w:hanging="284"/>'
        ),
    )
    yield _paragraph_style(
        "Caption",
        "caption",
        paragraph=f"<w:keepLines/>{_spacing(40, 200)}",
        text=f"<w:i/><w:iCs/>{soft}{_size(9)}",
    )
    yield _paragraph_style(
        "TableText",
        "Table Text",
        paragraph=_spacing(30, 30, 245),
        text=_size(8.5),
        custom=True,
    )
    yield _paragraph_style(
        "TableHead",
        "Table Head",
        based="TableText",
        paragraph="<w:keepNext/>",
        text="<w:b/><w:bCs/>",
        custom=True,
    )
    yield _paragraph_style(
        "TableEnd", "Table End", paragraph=_spacing(0, 0, 240), text=_size(5), custom=True
    )
    yield _paragraph_style(
        "SmallText", "Small Text", paragraph=_spacing(0, 40, 250), text=_size(8.5), custom=True
    )
    yield _paragraph_style(
        "EndnoteText",
        "endnote text",
        paragraph=_spacing(0, 30, 245),
        text=f"{soft}{_size(8.5)}",
    )
    yield _paragraph_style("FootnoteText", "footnote text", based="EndnoteText")
    yield _paragraph_style(
        "TOCHeading",
        "TOC Heading",
        following="BodyText",
        paragraph=f"{heading}{_spacing(300, 80)}",
        text=f"<w:b/><w:bCs/>{_size(12)}",
    )
    dotted = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9638"/></w:tabs>'
    yield _paragraph_style(
        "TOC1", "toc 1", paragraph=f"{dotted}{_spacing(0, 20, 240)}", text=_size(9.5)
    )
    tabs = '<w:tabs><w:tab w:val="right" w:pos="9638"/></w:tabs>'
    for name in ("header", "footer"):
        yield _paragraph_style(
            name.title(), name, paragraph=f"{tabs}{_spacing(0, 0)}", text=f"{soft}{_size(8.5)}"
        )
    raised = '<w:vertAlign w:val="superscript"/>'
    yield _character_style("EndnoteReference", "endnote reference", f"{soft}{raised}")
    yield _character_style("FootnoteReference", "footnote reference", f"{soft}{raised}")
    yield _character_style("Strong", "Strong", "<w:b/><w:bCs/>")
    yield _character_style("Hyperlink", "Hyperlink", _color("2A4B8D"))
    for word, color in (
        ("impossible", "9C2B23"),
        ("bad", "9C2B23"),
        ("watch", "80560A"),
        ("good", "1F6B3F"),
        ("info", "44506A"),
    ):
        yield _character_style(
            f"Judged{word.title()}",
            f"Judged {word}",
            f"<w:b/><w:bCs/>{_color(color)}",
            custom=True,
        )
    inner = f'<w:insideH w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>'
    yield (
        '<w:style w:type="table" w:customStyle="1" w:styleId="DiagnosisTable">'
        '<w:name w:val="Diagnosis Table"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
        f'<w:bottom w:val="single" w:sz="4" w:space="0" w:color="{_LINE}"/>{inner}</w:tblBorders>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="70" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr><w:tcBorders>'
        f'<w:bottom w:val="single" w:sz="10" w:space="0" w:color="{_INK}"/></w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
    )
    yield "</w:styles>"


def _simple_field(instruction: str) -> str:
    return f'<w:fldSimple w:instr=" {instruction} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _contents() -> Iterator[tuple[str, str]]:
    types = "".join(
        f'<Override PartName="{name}" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind, _ in _PARTS
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
    )
    yield (
        "_rels/.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>',
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{Path(name).name}"/>'
        for number, (name, _, kind) in enumerate(_PARTS[1:], start=1)
    )
    yield (
        "word/_rels/document.xml.rels",
        f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
    )
    yield (
        "word/document.xml",
        f'<w:document {_W} {_R}><w:body><w:sectPr><w:headerReference w:type="default" '
        'r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:footerReference w:type="first" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1247" '
        'w:left="1134" w:header="624" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr>'
        "</w:body></w:document>",
    )
    yield "word/styles.xml", "".join(_styles()).removeprefix(_HEAD)
    yield (
        "word/settings.xml",
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        '</w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/></w:settings>',
    )
    yield (
        "word/numbering.xml",
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:multiLevelType '
        'w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="bullet"/>'
        '<w:pStyle w:val="ListBullet"/><w:lvlText w:val="•"/><w:lvlJc w:val="left"/><w:pPr>'
        '<w:ind w:left="284" w:hanging="284"/></w:pPr></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
    )
    yield (
        "word/header1.xml",
        f'<w:hdr {_W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{_simple_field("TITLE")}'
        f"<w:r><w:tab/></w:r>{_simple_field('SUBJECT')}</w:p></w:hdr>",
    )
    yield (
        "word/footer1.xml",
        f'<w:ftr {_W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:tab/></w:r>'
        f'{_simple_field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>'
        f"{_simple_field('NUMPAGES')}</w:p></w:ftr>",
    )
    yield (
        "docProps/core.xml",
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>Diagnosis</dc:title>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created>'
        "</cp:coreProperties>",
    )


def write(path: Path) -> None:
    """Write the template."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in _contents():
            entry = zipfile.ZipInfo(name, date_time=(2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _HEAD + text)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else TEMPLATE)
