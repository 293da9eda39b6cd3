"""Statements of a Chinese company, on forms of the standards and from accounting programs."""

from collections.abc import Mapping
from typing import Any

from tests.spreadsheets.drawing import CHINESE, NIL, Cells, Row, falling, firm, text, workbook

YUAN = 10_000


def _chinese_sides(
    q: Mapping[str, Row],
) -> tuple[list[tuple[str, Row | None]], list[tuple[str, Row | None]]]:
    """Return both sides of the statutory balance sheet for general enterprises."""
    others = q["short_term_receivables"] - q["trade_receivables"]
    pay = Row((60, 70, 80))
    taxes = q["current_liabilities"] - q["trade_payables"] - pay
    capital = Row((1500, 1500, 1500))
    assets: list[tuple[str, Row | None]] = [
        ("流动资产：", None),
        ("货币资金", q["cash"]),
        ("交易性金融资产", q["short_term_securities"]),
        ("应收票据", NIL),
        ("应收账款", q["trade_receivables"]),
        ("预付款项", q["short_term_prepayments"]),
        ("其他应收款", others),
        ("存货", q["inventories"]),
        ("其他流动资产", NIL),
        ("流动资产合计", q["current_assets"]),
        ("非流动资产：", None),
        ("长期应收款", q["long_term_receivables"]),
        ("长期股权投资", q["long_term_investments"]),
        ("固定资产", q["tangible_assets"]),
        ("在建工程", NIL),
        ("无形资产", q["intangible_assets"]),
        ("长期待摊费用", NIL),
        ("非流动资产合计", q["fixed_assets"]),
        ("资产总计", q["total_assets"]),
    ]
    wide = q["current_liabilities"] + q["provisions_short_term"]
    long_term = q["long_term_liabilities"] + q["accruals_and_deferred_income"]
    liabilities: list[tuple[str, Row | None]] = [
        ("流动负债：", None),
        ("短期借款", q["short_term_loans"]),
        ("应付账款", q["trade_payables"]),
        ("应付职工薪酬", pay),
        ("应交税费", taxes),
        ("预计负债", q["provisions_short_term"]),
        ("流动负债合计", wide),
        ("非流动负债：", None),
        ("长期借款", q["long_term_loans"]),
        ("递延收益", q["accruals_and_deferred_income"]),
        ("非流动负债合计", long_term),
        ("负债合计", q["total_liabilities"]),
        ("所有者权益（或股东权益）：", None),
        ("实收资本（或股本）", capital),
        ("未分配利润", q["equity"] - capital),
        ("所有者权益（或股东权益）合计", q["equity"]),
        ("负债和所有者权益（或股东权益）总计", q["total_assets"]),
    ]
    return assets, liabilities


def _chinese_income(q: Mapping[str, Row]) -> list[tuple[str, Row]]:
    """Return the statutory income statement; costs other than the interest are not told apart."""
    costs = q["operating_costs"] - q["cost_of_sales"]
    taxes, selling = costs.part(5), costs.part(60)
    return [
        ("一、营业收入", q["revenue"]),
        ("减：营业成本", q["cost_of_sales"]),
        ("税金及附加", taxes),
        ("销售费用", selling),
        ("管理费用", costs - taxes - selling),
        ("研发费用", NIL),
        ("财务费用", q["interest_expense"]),
        ("其中：利息费用", q["interest_expense"]),
        ("利息收入", NIL),
        ("加：其他收益", NIL),
        ("投资收益（损失以“-”号填列）", NIL),
        ("二、营业利润（亏损以“-”号填列）", q["profit_before_tax"]),
        ("加：营业外收入", NIL),
        ("减：营业外支出", NIL),
        ("三、利润总额（亏损总额以“-”号填列）", q["profit_before_tax"]),
        ("减：所得税费用", q["income_tax"]),
        ("四、净利润（净亏损以“-”号填列）", q["net_profit"]),
    ]


def statutory() -> bytes:
    """The form of the accounting standard: both sides beside each other, numbers of lines."""
    q = firm(CHINESE)
    assets, liabilities = _chinese_sides(q)
    columns = ["行次", "期末余额", "年初余额"]

    def side(rows: list[tuple[str, Row | None]], place: int, start: int) -> list[Any]:
        if place >= len(rows):
            return ["", "", "", ""]
        name, row = rows[place]
        return [
            name,
            start + place if row else "",
            *(falling(row, times=YUAN) if row else ["", ""]),
        ]

    rows: list[Cells] = [
        ["资产负债表"],
        ["", "", "", "", "", "", "", "会企01表"],
        ["编制单位：青禾百货有限公司", "", "", "2023年12月31日", "", "", "", "单位：元"],
        ["资产", *columns, "负债和所有者权益（或股东权益）", *columns],
    ]
    rows += [[*side(assets, n, 1), *side(liabilities, n, 31)] for n in range(len(assets))]
    income: list[Cells] = [
        ["利润表"],
        ["", "", "", "会企02表"],
        ["编制单位：青禾百货有限公司", "2023年度", "", "单位：元"],
        ["项目", "行次", "本期金额", "上期金额"],
    ]
    income += [
        [name, n, *falling(row, times=YUAN)] for n, (name, row) in enumerate(_chinese_income(q), 1)
    ]
    return workbook(
        {"资产负债表": rows, "利润表": income},
        {"资产负债表": ["A1:H1"], "利润表": ["A1:D1"]},
        "#,##0.00",
    )


def small_firm() -> bytes:
    """The forms for small enterprises, with the month beside the year in the income statement."""
    q = firm(CHINESE)
    assets, liabilities = _chinese_sides(q)
    cumulated = ["项目", "行次", "本年累计金额", "本月金额"]
    balance: list[Cells] = [
        ["资产负债表"],
        ["编制单位：青禾百货有限公司", "2023-12-31", "", "单位：元"],
        ["资产", "行次", "期末余额", "年初余额"],
    ]
    both = [*assets, *liabilities]
    balance += [
        [name, n if row else "", *(falling(row, times=YUAN) if row else ["", ""])]
        for n, (name, row) in enumerate(both, 1)
    ]
    income: list[Cells] = [
        ["利润表"],
        ["编制单位：青禾百货有限公司", "2023年12月", "", "单位：元"],
        cumulated,
    ]
    income += [
        [name, n, row[-1] * YUAN, row[-1] * YUAN // 12]
        for n, (name, row) in enumerate(_chinese_income(q), 1)
    ]
    return workbook({"小企业资产负债表": balance, "小企业利润表": income}, {}, "0.00")


def ten_thousands() -> bytes:
    """Three years of both statements on one sheet, in units of 10,000 yuan, with notes."""
    q = firm(CHINESE)
    assets, liabilities = _chinese_sides(q)
    years = ["2021年", "2022年", "2023年"]
    rows: list[Cells] = [
        ["青禾百货有限公司近三年主要财务数据"],
        ["金额单位：人民币万元"],
        [],
        ["一、资产负债表", "附注", "2021年末", "2022年末", "2023年末"],
    ]
    for name, row in (*assets, *liabilities):
        rows.append([name, "五、1" if name == "货币资金" else "", *(row or ())])
    rows += [[], ["二、利润表", "附注", *years]]
    rows += [[name, "", *row] for name, row in _chinese_income(q)]
    rows += [[], ["三、补充资料", "附注", *years]]
    rows += [
        ["折旧与摊销", "", *q["depreciation"]],
        ["偿还债务支付的现金", "", *q["loan_repayments"]],
    ]
    return workbook({"三年汇总": rows}, {"三年汇总": ["A1:E1"]}, "#,##0.00;(#,##0.00)")


def ledger_export() -> bytes:
    """What an accounting program writes as text in GBK: codes, names, thousands with commas."""
    q = firm(CHINESE)
    assets, liabilities = _chinese_sides(q)

    def typed(row: Row | None) -> list[str]:
        return [f"{each:,}.00" for each in falling(row, times=YUAN)] if row else ["", ""]

    both = [*assets, *liabilities]
    rows: list[Cells] = [
        ["报表名称：资产负债表", "", "", ""],
        ["单位名称：青禾百货有限公司", "", "会计期间：2023年12月", "币别：人民币"],
        ["科目代码", "科目名称", "期末数", "年初数"],
        *([f"{n:04}", name, *typed(row)] for n, (name, row) in enumerate(both, 1001)),
        ["报表名称：利润表", "", "", ""],
        ["单位名称：青禾百货有限公司", "", "会计期间：2023年度", "币别：人民币"],
        ["科目代码", "科目名称", "本年累计数", "上年同期数"],
        *([f"{n}", name, *typed(row)] for n, (name, row) in enumerate(_chinese_income(q), 6001)),
        ["制表人：王敏", "", "打印日期：2024-01-15", ""],
    ]
    return text(rows, ",", "gb18030")
