"""Blocks as a DOCX, in the ways that word processors and people leave them."""

import html
import io
import re
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
              'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/'
              'wordprocessingShape" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
              'xmlns:wpsCustomData="http://www.wps.cn/officeDocument/2013/wpsCustomData"')
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/"


def text_run(text, properties=""):
    pieces = html.escape(text).split("\n")
    inner = "<w:br/>".join(f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces)
    return f'<w:r>{f"<w:rPr>{properties}</w:rPr>" if properties else ""}{inner}</w:r>'


def runs(choose, flags, text, properties=""):
    """The text in runs, split and wrapped."""
    if not text:
        return ""
    if flags["split"] and len(text) > 2:
        at = choose.randint(1, len(text) - 1)
        parts = [text[:at], text[at:]]
    else:
        parts = [text]
    out = ""
    for part in parts:
        run = text_run(part, properties)
        wrap = choose.random()
        if flags["tracked"] and wrap < .2:
            run = (f'<w:del w:id="1" w:author="a"><w:r><w:delText>旧9</w:delText></w:r></w:del>'
                   f'<w:ins w:id="2" w:author="a">{run}</w:ins>')
        elif flags["smart"] and wrap < .4:
            run = f'<w:smartTag w:uri="u" w:element="e">{run}</w:smartTag>'
        elif flags["link"] and wrap < .5:
            run = f'<w:hyperlink w:anchor="x">{run}</w:hyperlink>'
        elif flags["field"] and wrap < .6:
            run = ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> QUOTE 7 </w:instrText></w:r>'
                   f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run}<w:r><w:fldChar w:fldCharType="end"/></w:r>')
        if flags["proof"]:
            run = f'<w:proofErr w:type="spellStart"/>{run}<w:proofErr w:type="spellEnd"/>'
        if flags["bookmark"] and choose.random() < .1:
            run = f'<w:bookmarkStart w:id="0" w:name="_GoBack"/>{run}<w:bookmarkEnd w:id="0"/>'
        out += run
    if flags["footnote"] and choose.random() < .05:
        out += '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'
    if flags["hidden"] and choose.random() < .1:
        out += text_run("隐藏8", "<w:vanish/>")
    return out


def paragraph(choose, flags, text, kind="paragraph"):
    bold = "<w:b/>" if kind in ("heading", "title") and flags["bold"] else ""
    properties = ""
    if kind == "heading" and flags["styles"]:
        properties = '<w:pStyle w:val="2"/>'
    numbered = flags["numbered"] and kind == "heading" and re.match("^[一二三四五六]、", text)
    if numbered:
        properties += '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
        text = text[2:]
    if kind == "title":
        properties += '<w:jc w:val="center"/>'
    attributes = ' w14:paraId="1A2B3C4D" wpsCustomData:x="1"' if flags["wps"] else ""
    if flags["indent"] and kind == "paragraph":
        text = "\u3000\u3000" + text
    inner = runs(choose, flags, text, bold)
    if flags["box"] and kind == "heading":
        inner += ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent><w:p/>'
                  "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
                  "<w:p/></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
    if flags["filled box"] and kind == "paragraph" and choose.random() < .3:
        box = f"<w:txbxContent><w:p>{inner}</w:p></w:txbxContent>"
        inner = (f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>'
                 f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
                 "</mc:AlternateContent></w:r>")
    made = f"<w:p{attributes}><w:pPr>{properties}</w:pPr>{inner}</w:p>"
    if flags["empty"] and kind != "paragraph":
        made += "<w:p><w:pPr/></w:p>"
    return made


def cell_content(choose, flags, text):
    if flags["cell lines"] and "\n" in text:
        return "".join(f"<w:p>{runs(choose, flags, line)}</w:p>" for line in text.split("\n"))
    content = f"<w:p>{runs(choose, flags, text)}</w:p>"
    if flags["cell control"] and choose.random() < .3:
        content = f"<w:sdt><w:sdtPr><w:id w:val='1'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    if flags["cell table"]:
        content = f"<w:tbl><w:tblPr/><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl><w:p/>"
    if flags["cell empty"]:
        content += "<w:p/>"
    return content


def table(choose, flags, block):
    _, cells, rows, columns = block
    grid = "" if flags["no grid"] else "<w:tblGrid>" + '<w:gridCol w:w="800"/>' * columns + "</w:tblGrid>"
    out = [f"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/></w:tblPr>{grid}"]
    for r in range(rows):
        row = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        for cell in (c for c in cells if c.row <= r < c.row + c.rows):
            properties = f'<w:tcW w:w="{800 * cell.columns}" w:type="dxa"/>'
            if cell.columns > 1 and not flags["h merge"]:
                properties += f'<w:gridSpan w:val="{cell.columns}"/>'
            if cell.rows > 1:
                properties += '<w:vMerge w:val="restart"/>' if r == cell.row else choose.choice(
                    ["<w:vMerge/>", '<w:vMerge w:val="continue"/>'])
            merged = "<w:hMerge w:val='restart'/>" if cell.columns > 1 and flags["h merge"] else ""
            content = cell_content(choose, flags, cell.text) if r == cell.row else "<w:p/>"
            made = f"<w:tc><w:tcPr>{properties}{merged}</w:tcPr>{content}</w:tc>"
            if flags["h merge"]:
                made += "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>" * (cell.columns - 1)
            if flags["cell control"] and choose.random() < .1:
                made = f"<w:sdt><w:sdtPr/><w:sdtContent>{made}</w:sdtContent></w:sdt>"
            row += made
        row += "</w:tr>"
        if flags["row control"] and choose.random() < .2:
            row = f"<w:sdt><w:sdtPr/><w:sdtContent>{row}</w:sdtContent></w:sdt>"
        out.append(row)
    return "".join(out) + "</w:tbl>" + ("<w:p/>" if flags["empty"] else "")


def numbering():
    return (f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>')


def relationships(pairs):
    items = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(pairs))
    return f'<Relationships xmlns="{PACKAGE}relationships">{items}</Relationships>'


def render(blocks, choose):
    flags = {name: choose.random() < share for name, share in {
        "split": .4, "tracked": .15, "smart": .2, "link": .1, "field": .15, "proof": .3, "bookmark": .3,
        "footnote": .1, "hidden": .1, "bold": .6, "styles": .3, "numbered": .25, "wps": .3, "indent": .2,
        "box": .15, "empty": .3, "cell lines": .5, "cell control": .2, "cell empty": .1, "no grid": .2,
        "h merge": .1, "row control": .15, "layout": .1, "soft": .1, "cell table": .08, "filled box": .1, "whole control": .1}.items()}
    # A number that is counted follows only from one whose heading has it.
    flags["numbered"] = flags["numbered"] and all(re.match("^[一二三四五六]、", b[1])
                                                  for b in blocks if b[0] == "heading")
    body = "".join(table(choose, flags, b) if b[0] == "table" else paragraph(choose, flags, b[1], b[0])
                   for b in blocks)
    if flags["layout"]:
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    if flags["whole control"]:
        body = f"<w:sdt><w:sdtPr/><w:sdtContent>{body}</w:sdtContent></w:sdt>"
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}content-types"/>')
        file.writestr("_rels/.rels", relationships([("officeDocument", "word/document.xml")]))
        file.writestr("word/_rels/document.xml.rels", relationships([("numbering", "numbering.xml")]))
        file.writestr("word/document.xml", document)
        file.writestr("word/numbering.xml", numbering())
    return out.getvalue(), [name for name, on in flags.items() if on]
