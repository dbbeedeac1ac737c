"""Why a file, or a row of a file, is not taken: one sentence each, and never a word of an identity number."""

from __future__ import annotations

from domain.refusals import Refused


class FileRefused(Refused):
    """The whole file is not taken; nothing of it was recorded."""


class HeadingsMissing(FileRefused):
    zh = (
        "“{file_name}”不是双公示表：首行须有“行政相对人名称”（XK_XDR_MC 或 CF_XDR_MC），以及“行政许可决定文书号”"
        "（XK_WSH）或“行政处罚决定书文号”（CF_WSH）；请按 V2 表头整理后重新导入。"
    )
    en = (
        "“{file_name}” is not a 双公示 table: its first row needs 行政相对人名称 (XK_XDR_MC or CF_XDR_MC) and either "
        "行政许可决定文书号 (XK_WSH) or 行政处罚决定书文号 (CF_WSH); use the headings of the V2 table and import again."
    )


class FileUnreadable(FileRefused):
    zh = "“{file_name}”读不出来；请另存为 CSV（UTF-8 或 GB18030）或 XLSX 后重新导入。"
    en = "“{file_name}” cannot be read; save it as CSV (UTF-8 or GB18030) or XLSX and import again."


class FileTooLarge(FileRefused):
    zh = "“{file_name}”超过 XLSX 的上限（{rows} 行、{columns} 列）；请另存为 CSV 后导入，CSV 不限行数。"
    en = "“{file_name}” is beyond {rows} rows or {columns} columns, the limits of XLSX; save it as CSV, which has none."


# Rows


class CellsShifted(Refused):
    zh = "本行单元格多于表头，可能错列；请检查内容中的逗号和引号。"
    en = "The row has more cells than the heading and may be shifted; check commas and quotation marks in it."


class RowUnreadable(Refused):
    zh = "本行读不出来；请检查成对的引号，整理后重新导入。"
    en = "The row cannot be read; see that its quotation marks come in pairs, and import it again."


class CellMissing(Refused):
    zh = "没有填写“{column}”；请按决定书填写。"
    en = "{column} is missing; copy it from the document."


class CellTooLong(Refused):
    zh = "“{column}”有 {length} 个字符，超过 {limit} 个；请按 V2 表的长度整理。"
    en = "{column} has {length} characters, more than {limit}; keep to the length of the V2 table."


class TextLost(Refused):
    zh = "“{column}”中有无法识别或已丢失的字符；请把单元格设为文本格式，重新填写后导入。"
    en = "{column} holds characters lost or not readable; format the cell as text, enter it again and import."


class DateUnreadable(Refused):
    zh = "“{column}”的日期“{given}”不存在或读不懂；请写成 2026/01/31。"
    en = "The date “{given}” in {column} does not exist or cannot be read; write it as 2026/01/31."


class AmountUnreadable(Refused):
    zh = "“{column}”的金额“{given}”不是数字；请以万元为单位填写，最多六位小数。"
    en = "The amount “{given}” in {column} is not a number; enter it in units of 10,000 yuan with at most six decimals."


class KindUnknown(Refused):
    zh = "行政相对人类别不在表内；请填“法人及非法人组织”“个体工商户”或“自然人”。"
    en = "The category is not one of the table; enter 法人及非法人组织, 个体工商户 or 自然人."


class IdentityNumberMisplaced(Refused):
    zh = "“{column}”中填了居民身份证号；身份证号只能填在证件号码栏，请改正后重新导入。"
    en = "{column} holds a resident identity number; put it into the column of certificate numbers and import again."


class PersonWithCode(Refused):
    zh = "自然人没有统一社会信用代码；个体工商户请把类别改为“个体工商户”。"
    en = "A natural person has no unified social credit code; a sole trader needs the category 个体工商户."


class PersonNumberMissing(Refused):
    zh = "自然人没有填写证件号码，无法确定其档案；请填写后重新导入。"
    en = "The natural person's certificate number is missing, so no file can be found; enter it and import again."


class AuthorityCodeMissing(Refused):
    zh = "自然人的记录须有作出决定机关的统一社会信用代码，用以确定属地；请填写后重新导入。"
    en = "A natural person's record needs the code of the deciding authority, which tells the area; enter it."
