"""Makes the workbooks beside it: invented calls, written by three writers people's systems use.

XlsxWriter writes what Excel writes, openpyxl is behind pandas, xlwt is behind the .xls exports of many
systems. Run by hand (`pip install XlsxWriter openpyxl xlwt`), outside every build.
"""

import datetime

import openpyxl
import xlsxwriter
import xlwt

HEADER = ["通话ID", "主叫", "坐席\n工号", "开始时间", "通话时长", "累计", "满意度", "已解决", "满意度", ""]
FIRST = datetime.datetime(2023, 11, 15, 6, 13, 20)


def excel():
    book = xlsxwriter.Workbook("excel.xlsx", {"default_date_format": "yyyy/m/d h:mm"})
    book.add_worksheet("说明")
    hidden = book.add_worksheet("字典")
    hidden.write_row(0, 0, ["编码", "名称"])
    hidden.hide()
    sheet = book.add_worksheet("通话记录")
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    time = book.add_format({"num_format": "h:mm:ss"})
    elapsed = book.add_format({"num_format": "[h]:mm:ss"})
    padded = book.add_format({"num_format": "000000"})
    bold = book.add_format({"bold": True})
    sheet.merge_range(0, 0, 0, 9, "2023年11月通话记录", bold)
    sheet.write(1, 0, "导出人：admin　导出时间：2023-11-30 18:00:00")
    sheet.write_row(2, 0, HEADER, bold)
    for n in range(3):
        row = 3 + n
        sheet.write_string(row, 0, f"170000000000000000{n + 1}")
        sheet.write_number(row, 1, 13900001111 + n)
        sheet.write_number(row, 2, 8001 + n, padded)
        sheet.write_datetime(row, 3, FIRST + datetime.timedelta(hours=n), moment)
        sheet.write_number(row, 4, (214 + n) / 86400, time)
        sheet.write_number(row, 5, 1.5, elapsed)
        sheet.write_number(row, 6, 5 - n)
        sheet.write_boolean(row, 7, n != 1)
        sheet.write_formula(row, 8, f'=IF(G{row + 1}>4,"满意","一般")', None, "满意" if n == 0 else "一般")
    sheet.write_rich_string(3, 9, "要求", bold, "回电", "，勿催")
    sheet.write_formula(4, 9, "=NA()", None, "#N/A")
    sheet.write_number(5, 9, 17700000000000000001)
    sheet.write(7, 0, "合计")
    sheet.write_formula(7, 6, "=SUM(G4:G6)", None, 12)
    book.close()


def pandas():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Sheet1"
    sheet.append(["call_id", "phone", "start", "date", "seconds"])
    sheet.append([1700000000000000001, 13900001111, FIRST, FIRST.date(), 214.5])
    sheet.append([1700000000000000002, "013900002222", None, FIRST.date(), datetime.timedelta(seconds=40)])
    sheet["A4"] = "=A3+1"
    book.save("pandas.xlsx")


def old():
    book = xlwt.Workbook(encoding="utf-8")
    book.add_sheet("空表")
    sheet = book.add_sheet("通话记录")
    moment = xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss")
    day = xlwt.easyxf(num_format_str="yyyy\"年\"m\"月\"d\"日\"")
    time = xlwt.easyxf(num_format_str="h:mm:ss")
    for column, name in enumerate(["主叫", "工号", "开始时间", "日期", "通话时长", "已解决", "备注"]):
        sheet.write(0, column, name)
    # Enough texts of their own that their list is cut into records, some of them in a character.
    for n in range(400):
        row = n + 1
        sheet.write(row, 0, 13900001111 + n)
        sheet.write(row, 1, f"A{n:03}")
        sheet.write(row, 2, FIRST + datetime.timedelta(minutes=n), moment)
        sheet.write(row, 3, FIRST.date(), day)
        sheet.write(row, 4, (214 + n) / 86400, time)
        sheet.write(row, 5, n % 2 == 0)
        sheet.write(row, 6, f"note {n} " + "x" * (n % 7) if n % 3 == 0 else f"客户第{n}次来电" + "催" * (n % 7))
    sheet.write(401, 0, xlwt.Formula("SUM(A2:A401)"))
    book.save("old.xls")


def mac():
    book = xlwt.Workbook(encoding="utf-8")
    book.dates_1904 = True
    sheet = book.add_sheet("calls")
    sheet.write(0, 0, "start")
    sheet.write(1, 0, 43783.25925925926, xlwt.easyxf(num_format_str="yyyy-mm-dd hh:mm:ss"))
    book.save("mac_1904.xls")


excel()
pandas()
old()
mac()
