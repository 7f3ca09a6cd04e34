"""Blocks as a web page, in the ways that government sites publish reports."""

import html

CHROME_BEFORE = (
    '<div class="top"><ul class="nav"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>'
    '<li><a href="/fw">政务服务</a></li></ul></div><div class="pos">当前位置：<a href="/">首页</a> &gt; '
    '<a href="/zw">政务公开</a> &gt; 政府信息公开年报</div>')
CHROME_SIDE = '<div class="left"><ul><li><a href="1.html">政府信息公开指南</a></li><li>政府信息公开年报</li></ul></div>'
CHROME_AFTER = (
    '<div class="share">分享到：<a>微信</a><a>微博</a></div><div class="related"><h3>相关阅读</h3><ul>'
    '<li><a href="2.html">2019年政府信息公开工作年度报告</a></li><li><a href="3.html">一图读懂</a></li></ul></div>'
    '<div class="foot">主办：某某人民政府办公室 承办：某某中心 ICP备00000000号</div>')
META = '<div class="meta">发布日期：2026-01-28 来源：政府办 浏览次数：<span id="hits">120</span> 字体：[大 中 小]</div>'


def styled(choose, text, mode):
    """Text with markup inside, as editors paste it."""
    text = html.escape(text)
    if mode == "spans" and len(text) > 6 and "&" not in text:
        at = choose.randint(1, len(text) - 2)
        return (f'<span style="font-family:仿宋_GB2312;font-size:16pt">{text[:at]}</span>'
                f'<span lang="EN-US" style="font-size:16pt">{text[at:]}</span>')
    if mode == "nbsp":
        return "&nbsp;&nbsp;&nbsp;&nbsp;" + text
    if mode == "em":
        return "\u3000\u3000" + text
    if mode == "office":
        return f'<o:p></o:p><span style="mso-spacerun:yes">{text}</span>'
    if mode == "font":
        return f'<font face="仿宋" size="4">{text}</font>'
    return text


def paragraph(choose, flags, text, kind):
    body = styled(choose, text, flags["inline"])
    tag = flags["tag"]
    if kind == "heading" and flags["bold"]:
        body = f"<strong>{body}</strong>"
    if kind == "heading" and flags["h"]:
        return f"<h2>{body}</h2>\n"
    if kind == "title":
        return f'<h1 style="text-align:center">{body}</h1>\n' if flags["h"] else f'<p align="center"><b>{body}</b></p>\n'
    return {"p": f"<p style='text-indent:2em'>{body}</p>\n", "open p": f"<P class=MsoNormal>{body}\n",
            "div": f"<div>{body}</div>\n", "br": f"{body}<br><br>\n", "br one": f"{body}<br/>\n",
            "section": f"<section><p>{body}</p></section>\n"}[tag]


def cell_text(choose, flags, text):
    text = "<br>".join(html.escape(line) for line in text.split("\n"))
    if flags["cell"] == "p":
        return f'<p align="center"><span>{text}</span></p>'
    if flags["cell"] == "nbsp":
        return f"<p>{text or '&nbsp;'}</p>"
    if flags["cell"] == "source":
        return f"\n      <span>{text}</span>\n    "
    if flags["cell"] == "table":
        return f"<table width=100%><tr><td>{text}</td></tr></table>"
    if flags["cell"] == "div":
        return f"<div><div>{text}</div></div>"
    return text


def table(choose, flags, block):
    _, cells, rows, columns = block
    out = ["<table border=1 cellspacing=0><tbody>" if flags["tbody"] else "<table border=1>"]
    if flags["colgroup"]:
        out.append("<colgroup>" + "<col>" * columns + "</colgroup>")
    if flags["caption"]:
        out.append("<caption>统计表</caption>")
    for r in range(rows):
        out.append("<tr style='height:14pt'>" if not flags["open"] else "<tr>")
        for cell in (c for c in cells if c.row <= r < c.row + c.rows):
            tag = "th" if cell.kind == "head" and flags["th"] else "td"
            if flags["spans"] == "empty":
                # Each place of the grid has a cell of its own.
                for i in range(cell.columns):
                    text = cell_text(choose, flags, cell.text) if r == cell.row and i == 0 else ""
                    out.append(f"<{tag}>{text}" + ("" if flags["open"] else f"</{tag}>"))
                continue
            if flags["spans"] == "repeat" and cell.rows > 1:
                columns_of = f" colspan={cell.columns}" if cell.columns > 1 else ""
                out.append(f"<{tag}{columns_of}>{cell_text(choose, flags, cell.text)}</{tag}>")
                continue
            if r > cell.row:
                continue
            spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
            spans += f" colspan='{cell.columns}'" if cell.columns > 1 else ""
            out.append(f"<{tag}{spans}>{cell_text(choose, flags, cell.text)}" +
                       ("" if flags["open"] else f"</{tag}>"))
        out.append("" if flags["open"] else "</tr>")
    out.append("</tbody></table>" if flags["tbody"] else "</table>")
    return "".join(out) + "\n"


def render(blocks, choose):
    """The page's bytes, and what was chosen."""
    flags = {
        "inline": choose.choice(["", "spans", "nbsp", "em", "office", "font"]),
        "tag": choose.choice(["p", "p", "open p", "div", "br", "br one", "section"]),
        "bold": choose.random() < .5, "h": choose.random() < .3,
        "cell": choose.choice(["", "p", "nbsp", "source", "div", "p", "", "table"]),
        "spans": choose.choice(["rowspan", "rowspan", "rowspan", "empty", "repeat"]),
        "tbody": choose.random() < .5, "colgroup": choose.random() < .2, "caption": choose.random() < .1,
        "th": choose.random() < .3, "open": choose.random() < .15,
        "charset": choose.choice(["utf-8", "utf-8", "gbk", "gb18030", "wrong"]),
        "chrome": choose.random() < .6, "meta": choose.random() < .4, "layout": choose.random() < .2,
        "script": choose.random() < .5,
    }
    body = "".join(table(choose, flags, b) if b[0] == "table" else paragraph(choose, flags, b[1], b[0])
                   for b in blocks)
    article = f'<div id="zoom">{body}</div>'
    if flags["layout"]:
        article = f"<table width=900><tr><td>{body}</td></tr></table>"
    if flags["meta"]:
        article = META + article
    if flags["script"]:
        article += "<script>document.write('<p>二、主动公开政府信息情况</p>');</script><style>td{border:1}</style>"
    before, after = (CHROME_BEFORE + CHROME_SIDE, CHROME_AFTER) if flags["chrome"] else ("", "")
    charset = flags["charset"] if flags["charset"] != "wrong" else "gbk"
    told = "utf-8" if flags["charset"] == "wrong" else charset
    text = (f'<!DOCTYPE html>\n<html><head><meta charset="{told}"><title>年度报告_政府网</title>'
            f'<meta name="ColumnName" content="政府信息公开年报"></head><body>{before}{article}{after}</body></html>')
    return text.encode(charset, "xmlcharrefreplace"), [f"{k}={v}" for k, v in flags.items() if v]
