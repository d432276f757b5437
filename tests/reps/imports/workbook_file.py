"""Workbooks as bytes, from the XML of their sheets: for what no library writes."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def sheet(*rows):
    """A sheet's XML from that of its rows."""
    return f"<worksheet {MAIN}><sheetData>{''.join(rows)}</sheetData></worksheet>"


def texts(*rows):
    """A sheet's XML from rows of texts, written into their cells; none for None."""
    return sheet(
        *(
            f'<row r="{number}">{"".join(map(_inline, row))}</row>'
            for number, row in enumerate(rows, start=1)
            if row
        )
    )


def _inline(text):
    if text is None:
        return "<c/>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def parts_of(*sheets, styles=(), shared=(), states=(), about="", formats=""):
    """The parts of a workbook by their names. `styles`: the number of each format."""
    listed = "".join(
        f'<sheet name="S{number}" sheetId="{number}" r:id="rId{number}"'
        f' state="{dict(enumerate(states, 1)).get(number, "visible")}"/>'
        for number in range(1, len(sheets) + 1)
    )
    related = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number in range(1, len(sheets) + 1)
    )
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{TYPES}">{_typed("workbook", f"{SHEETS}.sheet.main+xml")}'
            f"{_typed('styles', f'{SHEETS}.styles+xml')}"
            f"{_typed('sharedStrings', f'{SHEETS}.sharedStrings+xml')}</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            "</Relationships>"
        ),
        "xl/workbook.xml": (
            f'<workbook {MAIN} xmlns:r="{OFFICE}">{about}<sheets>{listed}</sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}">{related}'
            f'<Relationship Id="s" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
            f'<Relationship Id="t" Type="{OFFICE}/sharedStrings"'
            ' Target="sharedStrings.xml"/></Relationships>'
        ),
        "xl/styles.xml": (
            f"<styleSheet {MAIN}><numFmts>{formats}</numFmts>"
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
            + "".join(f'<xf numFmtId="{number}"/>' for number in styles)
            + "</cellXfs></styleSheet>"
        ),
        "xl/sharedStrings.xml": f"<sst {MAIN}>{''.join(shared)}</sst>",
        **{
            f"xl/worksheets/sheet{number}.xml": xml
            for number, xml in enumerate(sheets, start=1)
        },
    }


def _typed(name, content):
    return f'<Override PartName="/xl/{name}.xml" ContentType="{content}"/>'


def zipped(parts, packing=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", packing) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    file.seek(0)
    return file
