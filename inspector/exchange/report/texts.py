"""Every text of the lot report, in English and Japanese, in one table."""

from __future__ import annotations

# Key: (English, Japanese). "one|many" chooses by {n}.
TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Lot report", "ロット報告書"),
    "list_comma": (", ", "、"),
    "n_lots": ("{n} lot|{n} lots", "{n} ロット"),
    "n_wafers": ("{n} wafer|{n} wafers", "ウェハ {n} 枚"),
    "n_chips_parts": ("{n} part|{n} parts", "部品 {n} 個"),
    "n_chips": ("{n} chip|{n} chips", "{n} チップ"),
    "n_answers": ("{n} decision|{n} decisions", "判断 {n} 件"),
    # head
    "lots": ("Lots", "ロット"),
    "wafers": ("Wafers", "ウェハ"),
    "chips": ("Chips", "チップ"),
    "chips_parts": ("Parts", "部品"),
    "chips_judged": ("{judged} of {chips} judged", "{chips} のうち {judged} を判定"),
    "period": ("Period", "期間"),
    "period_value": ("{first} to {last} (UTC)", "{first} ～ {last}（UTC）"),
    "models": ("Models", "モデル"),
    "model_value": ("{name}, weights {digest}, on {device}: {chips}", "{name}（重み {digest}、{device}）: {chips}"),
    "operators": ("Decided by", "判断した人"),
    "operator_value": ("{name} ({count})", "{name}（{count}）"),
    "nobody": ("nobody yet", "まだいません"),
    "made": ("Made", "作成"),
    "made_value": (
        "{time} UTC from {record}, by Wafer Inspector {version}",
        "{time} UTC、記録 {record}、Wafer Inspector {version}",
    ),
    # summary
    "summary": ("In short", "要約"),
    "key_yield": ("Yield after review", "確認後の歩留まり"),
    "key_yield_before": ("{share} by the machine alone", "機械判定のみでは {share}"),
    "key_defects": ("Defect chips", "不良チップ"),
    "key_defects_parts": ("Defect parts", "不良部品"),
    "key_defects_of": ("of {chips} with an answer", "回答のある {chips}のうち"),
    "key_seen": ("Decided by a person", "人が判断"),
    "key_seen_of": ("{count} of {chips}", "{chips}中 {count}"),
    "key_open": ("Still open", "未確認"),
    "key_open_of": ("chips that want eyes", "確認が必要なチップ"),
    "key_open_of_parts": ("parts that want eyes", "確認が必要な部品"),
    "say_judged": (
        "The machine judged {judged} of {chips} on {wafers} of {lots}.",
        "{lots}、{wafers}の {chips}のうち、{judged} を機械が判定しました。",
    ),
    "say_judged_parts": (
        "The machine judged {judged} of {chips} of {lots}.",
        "{lots}、{chips}のうち、{judged} 個を機械が判定しました。",
    ),
    "say_yield": (
        "By its judgements alone {before} are good; with the decisions of people it is {after}.",
        "機械判定だけでは良品は {before}、人の判断を反映すると {after} です。",
    ),
    "say_same_yield": (
        "{after} are good; nobody's decision has changed that figure.",
        "良品は {after} です。人の判断による変化はありません。",
    ),
    "say_top": (
        "The most frequent defect is “{name}”: {chips}, {share} of all defects.",
        "最も多い不良は「{name}」で {chips}、不良全体の {share} です。",
    ),
    "say_no_defect": ("Nothing stands as a defect.", "不良とされたものはありません。"),
    "say_nobody": (
        "Nobody has decided anything yet: every figure here is the machine's own.",
        "まだ誰も判断していません。数値はすべて機械判定によるものです。",
    ),
    "say_people": (
        "People decided {decided} ({share} of all) and gave {changed} another class than the machine.",
        "人が {decided}（全体の {share}）を判断し、そのうち {changed}のクラスを変更しました。",
    ),
    "say_named": (
        "On {chips} they named a class where the machine had been undecided.",
        "機械が判定不能とした {chips}には人がクラスを付けました。",
    ),
    "say_found": (
        "Among these they found {escapes} (passed, but a defect) and {overkills} (failed, but good).",
        "その中で{escapes}（良品判定だが不良）、{overkills}（不良判定だが良品）が見つかりました。",
    ),
    "n_escapes": ("{n} escape|{n} escapes", "見逃し {n} 件"),
    "n_overkills": ("{n} overkill|{n} overkills", "過検出 {n} 件"),
    "say_open": (
        "{chips} still open: the figures may change when people have looked.",
        "{chips}が未確認です。確認が済むと数値が変わることがあります。",
    ),
    "say_done": ("Nothing is waiting for eyes.", "確認待ちはありません。"),
    # yield
    "yield": ("Yield", "歩留まり"),
    "yield_note": (
        "Yield is good / (good + defect). Chips without an answer count in neither: not judged, undecided, unsure "
        "or excluded. “Judgement” is the machine's newest answer alone; “standing answer” is what holds now, a "
        "person's decision where there is one.",
        "歩留まり＝良品 /（良品＋不良）。回答のないチップ（未判定、判定不能、保留、除外）はどちらにも数えません。"
        "「機械判定」は機械の最新の判定だけ、「確定結果」は人の判断があればそれを優先した現在の結果です。",
    ),
    "lot": ("Lot", "ロット"),
    "lot_wafer": ("Lot and wafer", "ロット・ウェハ"),
    "all": ("All", "全体"),
    "judgement": ("Judgement", "機械判定"),
    "standing": ("Standing answer", "確定結果"),
    "good": ("Good", "良品"),
    "defect": ("Defect", "不良"),
    "no_answer": ("No answer", "回答なし"),
    "share_good": ("Yield", "歩留まり"),
    "seen": ("Decided", "人が判断"),
    "open": ("Open", "未確認"),
    "class": ("Class", "クラス"),
    "verdict": ("Verdict", "良否"),
    "share": ("Share", "割合"),
    "by_class": ("By class", "クラス別"),
    "by_wafer": ("By lot and wafer", "ロット・ウェハ別"),
    "by_lot": ("By lot", "ロット別"),
    "not_judged": ("Not judged", "未判定"),
    "undecided": ("Undecided", "判定不能"),
    "unsure": ("Unsure", "保留"),
    "excluded": ("Excluded", "除外"),
    # open work
    "open_work": ("Open work", "残っている作業"),
    "open_note": (
        "What wants eyes and what nobody has decided yet, by the reason why.",
        "確認が必要で、まだ誰も判断していないもの（理由別）。",
    ),
    "reason": ("Reason", "理由"),
    "reason_undecided": ("The machine could not decide", "機械が判定できなかった"),
    "reason_defect": ("Judged a defect: every defect is looked at", "不良と判定（不良はすべて確認します）"),
    "reason_borderline": ("Near the limit between good and defect", "良品と不良の境界付近"),
    "reason_novel": ("Unlike anything that the model has learned", "学習データにない見え方"),
    "reason_unsure": ("Set aside by a person for a second look", "人が保留（再確認が必要）"),
    "reason_not_judged": ("Not judged yet", "まだ判定されていない"),
    # maps
    "maps": ("Wafer maps", "ウェハマップ"),
    "maps_parts": ("Parts", "部品一覧"),
    "legend": ("Legend", "凡例"),
    "maps_note": (
        "The standing answer of every chip, upright, column 0 and row 0 at the top left. Good chips are light; defects "
        "have a dark edge and a sign.",
        "全チップの確定結果。正立、左上が列 0・行 0 です。良品は淡い色、不良は濃い枠と記号で示します。",
    ),
    "maps_note_parts": (
        "The standing answer of every part, in the order in which the parts were added, row by row. Good parts are "
        "light; defects have a dark edge and a sign.",
        "全部品の確定結果。登録順に左上から並びます。良品は淡い色、不良は濃い枠と記号で示します。",
    ),
    "changed": ("Class changed by a person", "人がクラスを変更"),
    "map_label": ("Map of wafer {wafer}, lot {lot}", "ロット {lot}、ウェハ {wafer} のマップ"),
    "sheet_label": ("Parts of lot {lot}", "ロット {lot} の部品"),
    "map_caption": ("{defects} of {chips} defect", "{chips}中 不良 {defects}"),
    # Pareto
    "pareto": ("Defects by frequency", "不良のパレート図"),
    "pareto_classes": ("Classes of defects, by standing answer", "不良クラス（確定結果）"),
    "pareto_subtypes": ("Sub-types of defects, as people gave them", "不良の細分類（人の入力）"),
    "pareto_count": ("Chips", "チップ数"),
    "pareto_count_parts": ("Parts", "部品数"),
    "pareto_share": ("Cumulative", "累積"),
    "subtypes_note": (
        "Only people give sub-types; so far {named} of {defects}.",
        "細分類は人だけが付けます。{defects}のうち {named} に付いています。",
    ),
    "no_defects": ("There is no defect to count.", "数える不良はありません。"),
    "others": ("{n} other|{n} others", "その他 {n} 種"),
    # people and machine
    "people": ("Decisions against judgements", "人の判断と機械判定の比較"),
    "table_note": (
        "Rows: the class that the machine judged. Columns: the class that a person gave. Shaded: both the same. "
        "▲ escape: passed by the machine, a defect for people. ▽ overkill: failed by the machine, good for people.",
        "行: 機械が判定したクラス。列: 人が付けたクラス。網掛けは一致。"
        "▲ 見逃し: 機械は良品、人は不良。▽ 過検出: 機械は不良、人は良品。",
    ),
    "judged_decided": ("Judged ↓  Decided →", "機械判定 ↓  人の判断 →"),
    "sum": ("Sum", "計"),
    "measure": ("Figure", "指標"),
    "count": ("Count", "件数"),
    "bounds": ("95 % bounds", "95 % 信頼区間"),
    "agreed": ("Pass/fail agreement", "合否の一致"),
    "overridden": ("Overridden: another class given", "変更: 別のクラスを付けた"),
    "escapes": ("Escapes found, of those judged good", "見逃し（良品判定のうち）"),
    "overkills": ("Overkills found, of those judged a defect", "過検出（不良判定のうち）"),
    "unasked": ("Escapes among passed chips checked unasked", "見逃し（確認不要とされ、あえて確認した良品判定のうち）"),
    "of": ("{part} of {whole}", "{whole} 中 {part}"),
    "no_decisions": (
        "No chip that the machine judged has been confirmed or relabelled.",
        "確定または変更されたチップはありません。",
    ),
    # Fig. 8
    "boxes": ("Pass/fail agreement per lot", "ロット別の合否一致率"),
    "boxes_note": (
        "A point is the share of a wafer's decided chips on which the machine and people gave the same verdict, hollow "
        "for fewer than {few} chips. The box holds the middle half of the wafers, its thick line is the median; "
        "whiskers reach 1.5 box heights at most; it is drawn from {boxed} wafers on. The dashed line is 98 %.",
        "点はウェハごとに、人が判断したチップのうち機械と合否が一致した割合です（判断が {few} チップ未満は白抜き）。"
        "箱はウェハの中央半分、太線は中央値、ひげは箱の高さの 1.5 倍以内です。ウェハ {boxed} 枚以上で箱を描きます。"
        "破線は 98 % です。",
    ),
    "boxes_note_parts": (
        "A point is the share of a lot's decided parts on which the machine and people gave the same verdict, hollow "
        "for fewer than {few} decided parts. The dashed line is 98 %.",
        "点はロットごとに、人が判断した部品のうち機械と合否が一致した割合です（判断が {few} 個未満は白抜き）。"
        "破線は 98 % です。",
    ),
    "boxes_axis": ("Agreement", "一致率"),
    "boxes_none": ("no decisions", "判断なし"),
    # notes
    "notes": ("How to read these figures", "数値の読み方"),
    "note_sample": (
        "A person decided {decided} of {judged} judged chips ({share}). Agreement on these is not accuracy on all: "
        "people look at defects and doubtful chips first, where the machine errs most, and seldom at those it passed.",
        "人が判断したのは判定済み {judged} チップ中 {decided}（{share}）です。"
        "この一致率は全チップの正解率ではありません。"
        "人は不良や境界付近など機械が誤りやすいチップから見ており、良品とされたチップはほとんど見ていません。",
    ),
    "note_escapes": (
        "Escapes can only be found among chips that a person looked at: {checked} that the machine passed without "
        "asking were decided by a person, {escapes} of them as a defect.",
        "見逃しは人が見たチップの中でしか見つかりません。"
        "機械が確認不要として良品とし、人が判断したのは {checked} チップで、"
        "そのうち {escapes} チップが不良でした。",
    ),
    "note_bounds": (
        "Bounds are exact (Clopper-Pearson, two-sided 95 %). They hold for chips drawn at random, which reviewed chips "
        "seldom are.",
        "信頼区間は正確法（Clopper-Pearson、両側 95 %）です。無作為に選ばれたチップを前提としますが、"
        "確認されたチップは通常そうではありません。",
    ),
    "note_people": (
        "A decision is a person's opinion, not a measurement; unsure and excluded chips are not compared.",
        "人の判断は測定値ではなく見解です。保留と除外のチップは比較に含みません。",
    ),
    "note_undecided": (
        "On {n} of the decided chips the machine had been undecided: they count as not agreed.",
        "人が判断したうち {n} チップは機械が判定不能でした。不一致として数えています。",
    ),
    "note_models": (
        "The judgements come from {n} models or devices; a chip counts with its newest judgement.",
        "判定には {n} 種類のモデルまたは装置が使われました。各チップは最新の判定で数えています。",
    ),
}
