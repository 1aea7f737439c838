<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>Actions</name>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="133"/>
        <source>&amp;Wafer</source>
        <translation>ウェハ(&amp;W)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="101"/>
        <source>Correct grid…</source>
        <translation>グリッドを補正…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="100"/>
        <source>Mirror the view</source>
        <translation>表示を左右反転</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="99"/>
        <source>Turn the view by 90°</source>
        <translation>表示を 90° 回転</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="98"/>
        <source>Window and level…</source>
        <translation>階調（幅と中心）…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="97"/>
        <source>Layers…</source>
        <translation>レイヤー…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="95"/>
        <source>Whole wafer</source>
        <translation>ウェハ全体</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="94"/>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="93"/>
        <source>Zoom in</source>
        <translation>拡大</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="92"/>
        <source>Large wafer</source>
        <translation>ウェハを大きく表示</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="47"/>
        <source>Export and train…</source>
        <translation>書き出しと学習…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="48"/>
        <source>Models…</source>
        <translation>モデル…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="79"/>
        <source>Go to chip…</source>
        <translation>チップへ移動…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="87"/>
        <source>Evidence: judged class or any defect</source>
        <translation>根拠の切替（判定クラス／不良全体）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="45"/>
        <source>Open image…</source>
        <translation>画像を開く…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="49"/>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="53"/>
        <source>Confirm and go on</source>
        <translation>確定して次へ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="58"/>
        <source>Unsure: look again later</source>
        <translation>保留（あとで再確認）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="59"/>
        <source>Exclude the chip</source>
        <translation>チップを除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="60"/>
        <source>Sub-type of the class…</source>
        <translation>クラスのサブタイプ…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="61"/>
        <source>Where the defect is</source>
        <translation>欠陥の位置を指定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="63"/>
        <source>Ask where the defect is after a relabel: on or off</source>
        <translation>不良への変更後に欠陥位置を尋ねる（入／切）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="65"/>
        <source>Note on the chip…</source>
        <translation>チップにメモ…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="66"/>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="67"/>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="71"/>
        <source>Gallery: confirm the rest that was seen</source>
        <translation>ギャラリー：見た残りを確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="75"/>
        <source>Gallery: choose all in sight</source>
        <translation>ギャラリー：画面内をすべて選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="77"/>
        <source>Next chip of the queue</source>
        <translation>次のチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="78"/>
        <source>Chip before</source>
        <translation>前のチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="80"/>
        <source>Search chips…</source>
        <translation>チップを検索…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="81"/>
        <source>Clear the search line</source>
        <translation>検索条件を消去</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="82"/>
        <source>Next wafer</source>
        <translation>次のウェハ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="83"/>
        <source>Wafer before</source>
        <translation>前のウェハ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="85"/>
        <source>Heat map (hold to peek)</source>
        <translation>ヒートマップ（長押しで一時切替）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="88"/>
        <source>Evidence for another class</source>
        <translation>別のクラスの根拠</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="89"/>
        <source>Stronger heat map</source>
        <translation>ヒートマップを濃く</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="90"/>
        <source>Fainter heat map</source>
        <translation>ヒートマップを薄く</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="91"/>
        <source>Gallery</source>
        <translation>ギャラリー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="96"/>
        <source>Heat on the wafer</source>
        <translation>ウェハ上のヒートマップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="102"/>
        <source>Grid from an image…</source>
        <translation>画像からグリッドを作成…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="103"/>
        <source>Chip among its neighbours</source>
        <translation>周囲のチップと表示</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="104"/>
        <source>Blink with a verified example</source>
        <translation>確認済みの見本と切り替え</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="105"/>
        <source>Blink with the runner-up</source>
        <translation>次点クラスの見本と切り替え</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="106"/>
        <source>Examples, repeaters, history</source>
        <translation>見本・繰り返し・履歴</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="107"/>
        <source>Numbers</source>
        <translation>数値</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="108"/>
        <source>Full screen</source>
        <translation>全画面</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="109"/>
        <source>Second review</source>
        <translation>再確認（二人目）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="110"/>
        <source>Disputes</source>
        <translation>不一致の裁定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="111"/>
        <source>Hand over the shift</source>
        <translation>シフトの引き継ぎ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="112"/>
        <source>People…</source>
        <translation>担当者…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="113"/>
        <source>Lock now</source>
        <translation>今すぐロック</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="114"/>
        <source>Change person</source>
        <translation>担当者を交代</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="115"/>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="116"/>
        <source>All keys</source>
        <translation>キー一覧</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="117"/>
        <source>Show me around</source>
        <translation>画面の案内</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="118"/>
        <source>Choose keys…</source>
        <translation>キーの割り当て…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="119"/>
        <source>Search actions…</source>
        <translation>操作を検索…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="130"/>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="131"/>
        <source>&amp;Decide</source>
        <translation>判断(&amp;D)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="132"/>
        <source>&amp;Go</source>
        <translation>移動(&amp;G)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="134"/>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="135"/>
        <source>&amp;People</source>
        <translation>担当(&amp;P)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="136"/>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/actions.py" line="46"/>
        <source>Hot folder…</source>
        <translation>監視フォルダー…</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="48"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="49"/>
        <source>Exclude</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="50"/>
        <location filename="../../inspector/station/panels/answer_panel.py" line="182"/>
        <source>Confirm</source>
        <translation>確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="67"/>
        <source>Set the chip aside for a second look</source>
        <translation>あとで再確認するためチップを保留にします</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="68"/>
        <source>Leave the chip out: a bad image, or the wafer&apos;s edge</source>
        <translation>画像不良やウェハ端のため、チップを対象から外します</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="147"/>
        <source>{title} ({verdict})</source>
        <translation>{title}（{verdict}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="165"/>
        <source>Chip {column} / {row}</source>
        <translation>チップ {column} / {row}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="166"/>
        <source>Column and row, both counted from 0 at the top left</source>
        <translation>列 / 行（左上を 0 として数えます）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="188"/>
        <source>not in “{queue}”</source>
        <translation>「{queue}」の対象外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="190"/>
        <source>{place} of {count}, {queue}</source>
        <translation>{queue}  {place} / {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="197"/>
        <source>Choose a class</source>
        <translation>クラスを選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="199"/>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="201"/>
        <source>Confirm {title}</source>
        <translation>「{title}」で確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="209"/>
        <source>The machine has not judged this chip yet.</source>
        <translation>このチップはまだ機械判定されていません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/answer_panel.py" line="217"/>
        <source>P(defect) {p}, by the model {model}</source>
        <translation>不良確率 {p}（モデル {model}）</translation>
    </message>
</context>
<context>
    <name>AnswerSide</name>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="54"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="55"/>
        <source>Exclude</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="56"/>
        <source>Confirm</source>
        <translation>確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="58"/>
        <source>Confirm the rest</source>
        <translation>残りを確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="96"/>
        <source>{count} chosen</source>
        <translation>{count} 個を選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="97"/>
        <source>An answer goes to all of them, as one step.</source>
        <translation>選んだすべてのチップに、まとめて一度に適用されます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="99"/>
        <source>Chip {name}</source>
        <translation>チップ {name}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="100"/>
        <source>An answer goes to this chip; Enter opens it.</source>
        <translation>このチップだけに適用されます。Enter で開きます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="102"/>
        <source>None chosen</source>
        <translation>選択なし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="103"/>
        <source>Click thumbnails, Shift+click a range, or drag a frame over them.</source>
        <translation>クリックで選択、Shift＋クリックで範囲、ドラッグで囲んで選択します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="109"/>
        <source>Choose the chips whose answers are right.</source>
        <translation>判定が正しいチップを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="110"/>
        <source>Confirms what stands on the chosen chips</source>
        <translation>選んだチップの今の答えを確定します</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="115"/>
        <source>Choose chips first.</source>
        <translation>先にチップを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="119"/>
        <source>{seen} seen, {unseen} not yet seen</source>
        <translation>見た {seen}、まだ見ていない {unseen}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="122"/>
        <source>Chips that nobody has decided yet: seen are those whose thumbnails stood sharp on the screen.</source>
        <translation>まだ誰も判断していないチップの数です。縮小画像が鮮明な状態で画面に出たものを「見た」と数えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="124"/>
        <source>Confirm the rest ({count})</source>
        <translation>残りを確定（{count}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="130"/>
        <source>No undecided chip has been seen here that is not chosen.</source>
        <translation>選択していない未判断のチップで、画面で見たものはまだありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="132"/>
        <source>Confirms the chips that you have seen and not chosen, and no others</source>
        <translation>画面で見て、選択しなかったチップだけを確定します</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/answer_side.py" line="139"/>
        <source>{title} ({verdict})</source>
        <translation>{title}（{verdict}）</translation>
    </message>
</context>
<context>
    <name>Answering</name>
    <message>
        <location filename="../../inspector/station/keys/answering.py" line="75"/>
        <source>The chip is not in sight: M or Esc shows it again.</source>
        <translation>チップが表示されていません。M または Esc で戻ります。</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <location filename="../../inspector/station/panels/notices.py" line="78"/>
        <source>Place the grid of {name}…</source>
        <translation>{name} のグリッドを手で合わせる…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/notices.py" line="79"/>
        <source>The image stays unjudged until it is opened again.</source>
        <translation>この画像は、もう一度開くまで判定されません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/notices.py" line="39"/>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>BatchTable</name>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="49"/>
        <source>Confirm</source>
        <translation>確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="52"/>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="70"/>
        <source>{count} chips: {answer}</source>
        <translation>{count} チップ: {answer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="73"/>
        <source>Change from pass to fail: {count}</source>
        <translation>合格 → 不合格: {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="74"/>
        <source>Change from fail to pass: {count}</source>
        <translation>不合格 → 合格: {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="75"/>
        <source>Wait for a second person then: {count}</source>
        <translation>二人目の確認待ちになる: {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="80"/>
        <source>Confirm {count} chips</source>
        <translation>{count} チップを確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="90"/>
        <source>From</source>
        <translation>変更前</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="90"/>
        <source>To</source>
        <translation>変更後</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="90"/>
        <source>Chips</source>
        <translation>チップ数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="108"/>
        <source>pass → fail</source>
        <translation>合格 → 不合格</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_table.py" line="108"/>
        <source>fail → pass</source>
        <translation>不合格 → 合格</translation>
    </message>
</context>
<context>
    <name>CardFacts</name>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="47"/>
        <source>Trained</source>
        <translation>学習日時</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="48"/>
        <source>Weights</source>
        <translation>重み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="50"/>
        <source>Learned from</source>
        <translation>学習データ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="52"/>
        <source>Lots</source>
        <translation>ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="52"/>
        <source>not written down</source>
        <translation>記録なし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="55"/>
        <source>Took</source>
        <translation>所要時間</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="56"/>
        <source>{minutes} min on {device}</source>
        <translation>{minutes} 分（{device}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="58"/>
        <source>On chips kept back</source>
        <translation>確認用チップでの成績</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="61"/>
        <source>{chips} chips of {dataset}</source>
        <translation>{dataset} の {chips} チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="64"/>
        <source>Calibrated on</source>
        <translation>校正データ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="67"/>
        <source>Borderline P(defect)</source>
        <translation>境界の不良確率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="69"/>
        <source>{share} of the good chips; {escape} of the defects pass</source>
        <translation>良品の {share}、不良の見逃し {escape}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="71"/>
        <source>Asks for</source>
        <translation>確認を求める割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="76"/>
        <source>pass/fail {verdict}, class {accuracy}, ECE {ece}</source>
        <translation>良否 {verdict}、クラス {accuracy}、ECE {ece}</translation>
    </message>
</context>
<context>
    <name>Cards</name>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="81"/>
        <source>judged</source>
        <translation>判定済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="82"/>
        <source>decided of those asked</source>
        <translation>要確認のうち確認済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="83"/>
        <source>waiting</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="84"/>
        <source>left at your pace</source>
        <translation>残り時間（あなたのペース）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="85"/>
        <source>yield before → after</source>
        <translation>歩留まり 確認前 → 後</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="86"/>
        <source>overridden</source>
        <translation>変更率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="87"/>
        <source>escapes found</source>
        <translation>見つかった見逃し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="88"/>
        <source>overkills found</source>
        <translation>見つかった過検出</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="89"/>
        <source>escapes unseen (est.)</source>
        <translation>未発見の見逃し（推定）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="118"/>
        <source>{part} of {whole} confirmed or changed chips got another class than the machine named</source>
        <translation>確定・変更した {whole} チップのうち {part} チップに、機械と別のクラスを付けました</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="119"/>
        <source>{part} of {whole} decided chips that the machine judged good became a defect</source>
        <translation>機械が良品とし、人が判断した {whole} チップのうち {part} チップが不良でした</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="120"/>
        <source>{part} of {whole} decided chips that the machine judged a defect became good</source>
        <translation>機械が不良とし、人が判断した {whole} チップのうち {part} チップが良品でした</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="131"/>
        <source>Estimated when all wafers are counted</source>
        <translation>全ウェハの集計後に推定します</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="136"/>
        <source>Chips that the machine has judged, of all expected places</source>
        <translation>全チップのうち、機械が判定したチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="140"/>
        <source>Chips that want eyes, or wanted them, and that a person has decided</source>
        <translation>確認が必要な（必要だった）チップのうち、人が判断したもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="142"/>
        <source>Chips that want eyes and that nobody has decided</source>
        <translation>確認が必要で、まだ誰も判断していないチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="148"/>
        <source>Good / (good + defect). Before: judgements alone, {good} good, {defect} defect. After: standing answers, {good_after} good, {defect_after} defect, {none} without a class</source>
        <translation>良品 /（良品＋不良）。確認前: 機械判定のみ、良品 {good}、不良 {defect}。確認後: 確定結果、良品 {good_after}、不良 {defect_after}、クラスなし {none}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="166"/>
        <source>Not known yet: escapes among the {accepted} accepted chips can be estimated once the random audit has decided chips of every class ({audited} so far)</source>
        <translation>まだ不明です。自動合格 {accepted} チップ中の見逃しは、抜き取り検査で全クラスのチップが判断されると推定できます（現在 {audited} チップ）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/cards.py" line="173"/>
        <source>Escapes among the {accepted} accepted chips, estimated from the {audited} of the random audit that were decided, {found} of them as a defect; 95 % bounds {low} to {high}</source>
        <translation>自動合格 {accepted} チップ中の見逃しの推定値。抜き取り検査で判断した {audited} チップ（うち不良 {found}）から推定。95 % 信頼区間 {low} ～ {high}</translation>
    </message>
</context>
<context>
    <name>ChipContext</name>
    <message>
        <location filename="../../inspector/station/chip/chip_context.py" line="49"/>
        <source>Around it</source>
        <translation>周囲</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_context.py" line="49"/>
        <source>Verified examples (B)</source>
        <translation>確認済みの見本（B）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_context.py" line="103"/>
        <source>There is no verified example to compare with yet.</source>
        <translation>比較できる確認済みの見本はまだありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_context.py" line="110"/>
        <source>Reference: {title} ({where}). B: back to the chip</source>
        <translation>見本：{title}（{where}）&#x3000;B：チップに戻る</translation>
    </message>
</context>
<context>
    <name>ChipDecisions</name>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="82"/>
        <source>Chip {column} / {row}: {title}. A defect becomes good, so a second person looks at it.</source>
        <translation>チップ {column} / {row}：{title}。不良から良品への変更のため、二人目が再確認します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="90"/>
        <source>Exclude: why?</source>
        <translation>除外の理由</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="97"/>
        <source>another reason</source>
        <translation>その他の理由</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="108"/>
        <source>No class stands here: choose a class first, then its sub-type.</source>
        <translation>クラスが決まっていません。先にクラスを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="113"/>
        <source>{title} has no sub-types in this recipe.</source>
        <translation>このレシピでは「{title}」にサブタイプがありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="116"/>
        <source>Sub-type of {title}</source>
        <translation>「{title}」のサブタイプ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="128"/>
        <source>Note on chip {column} / {row}</source>
        <translation>チップ {column} / {row} のメモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="129"/>
        <source>a few words</source>
        <translation>短いメモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="98"/>
        <source>Digit, or Enter for the first; Esc leaves it</source>
        <translation>数字で選択、Enter：先頭、Esc：中止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="118"/>
        <source>A digit chooses; Esc leaves it</source>
        <translation>数字で選択、Esc：中止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="129"/>
        <source>Enter keeps it; Esc leaves it</source>
        <translation>Enter：保存、Esc：中止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="139"/>
        <source>Only a defect has a place: choose its class first.</source>
        <translation>位置を指定できるのは不良だけです。先にクラスを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="147"/>
        <source>After a relabel to a defect, its place is asked for.</source>
        <translation>不良への変更後に、欠陥の位置を尋ねます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="148"/>
        <source>Nobody is asked for a defect&apos;s place.</source>
        <translation>欠陥の位置は尋ねません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="166"/>
        <source>Noted on chip {column} / {row}: {text}</source>
        <translation>チップ {column} / {row} にメモ：{text}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="182"/>
        <source>Click again: {title} (a defect becomes good)</source>
        <translation>もう一度クリックで「{title}」（不良を良品に変更）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_decisions.py" line="184"/>
        <source>Shift+{key}: {title} (a defect becomes good)</source>
        <translation>Shift+{key}で「{title}」（不良を良品に変更）</translation>
    </message>
</context>
<context>
    <name>ChipLook</name>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="113"/>
        <source>Partial: cut by the wafer&apos;s edge or the image, so not judged</source>
        <translation>欠けチップ（ウェハまたは画像の端で切れているため判定しません）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="111"/>
        <source>Not imaged: a shot is missing here</source>
        <translation>未撮影（ショットが欠けています）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="80"/>
        <source>Not judged yet</source>
        <translation>未判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="81"/>
        <source>Undecided</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="82"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="83"/>
        <source>Excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="96"/>
        <source>machine</source>
        <translation>機械判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="97"/>
        <source>machine, P(defect) {p}</source>
        <translation>機械判定、不良確率 {p}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="99"/>
        <source>confirmed by {operator}</source>
        <translation>{operator} が確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="100"/>
        <source>changed by {operator}</source>
        <translation>{operator} が変更</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="101"/>
        <source>put aside by {operator}</source>
        <translation>{operator} が保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="102"/>
        <source>excluded by {operator}</source>
        <translation>{operator} が除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="109"/>
        <source>chip {column} / {row}</source>
        <translation>チップ {column} / {row}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/look/chip_look.py" line="118"/>
        <source>, P(defect) {p}</source>
        <translation>、不良確率 {p}</translation>
    </message>
</context>
<context>
    <name>ChipName</name>
    <message>
        <location filename="../../inspector/station/map/chip_name.py" line="31"/>
        <source>The recipe expects no chip at {column} / {row}.</source>
        <translation>レシピでは {column} / {row} にチップはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/chip_name.py" line="27"/>
        <source>Columns run from 0 to {columns}, rows from 0 to {rows}.</source>
        <translation>列は 0～{columns}、行は 0～{rows} です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/chip_name.py" line="25"/>
        <source>Type column and row: 3/5 or c03 r05.</source>
        <translation>列と行を 3/5 または c03 r05 のように入力してください。</translation>
    </message>
</context>
<context>
    <name>ChipView</name>
    <message>
        <location filename="../../inspector/station/chip/chip_heat.py" line="65"/>
        <source>Heat is hidden</source>
        <translation>ヒートマップは非表示</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_heat.py" line="67"/>
        <source>Heat: evidence for {name} (Shift+H: next class)</source>
        <translation>ヒート：「{name}」の根拠（Shift+H：次のクラス）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_heat.py" line="71"/>
        <source>Heat: evidence for any defect</source>
        <translation>ヒート：不良全体の根拠</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_heat.py" line="73"/>
        <source>Heat: evidence for any defect (judged good)</source>
        <translation>ヒート：不良全体の根拠（良品判定）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_heat.py" line="74"/>
        <source>Heat: evidence for the judged class, {name}</source>
        <translation>ヒート：判定クラス「{name}」の根拠</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_view.py" line="226"/>
        <source>Choose a chip on the map or in a queue.</source>
        <translation>マップか一覧からチップを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_view.py" line="228"/>
        <source>The wafer&apos;s picture is still being read.</source>
        <translation>ウェハ画像を読み込んでいます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/chip_view.py" line="239"/>
        <source>Chip</source>
        <translation>チップ</translation>
    </message>
</context>
<context>
    <name>ChoicePanel</name>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="41"/>
        <source>Also what the machine accepted, from P(good)</source>
        <translation>機械が合格としたチップも含める（P(良品) の下限）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="44"/>
        <source>Good chips that nobody has looked at. They are marked in the manifest and never used for testing.</source>
        <translation>誰も見ていない良品です。マニフェストに印が付き、テストには使いません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="48"/>
        <source>Least P(good)</source>
        <translation>P(良品) の下限</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="56"/>
        <source>Choose folder…</source>
        <translation>フォルダーを選ぶ…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="69"/>
        <source>Product</source>
        <translation>製品</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="70"/>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="72"/>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="116"/>
        <source>All lots</source>
        <translation>すべてのロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/choice_panel.py" line="123"/>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
</context>
<context>
    <name>ClickPage</name>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="42"/>
        <source>Image of which a grid is made</source>
        <translation>グリッドを作る画像</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="44"/>
        <source>Columns from the first chip to the far one</source>
        <translation>最初のチップから離れたチップまでの列数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="45"/>
        <source>columns</source>
        <translation>列</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="46"/>
        <source>Rows from the first chip to the far one</source>
        <translation>最初のチップから離れたチップまでの行数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="47"/>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="48"/>
        <source>Take back</source>
        <translation>1 つ戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="49"/>
        <source>Begin again</source>
        <translation>最初から</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="50"/>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="51"/>
        <source>Into a recipe…</source>
        <translation>レシピに入れる…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="72"/>
        <source>Reading {name}</source>
        <translation>{name} を読み込み中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="73"/>
        <source>{percent} % read.</source>
        <translation>{percent} % 読み込みました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="82"/>
        <source>Grid from an image: {name}</source>
        <translation>画像からグリッドを作成: {name}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="123"/>
        <source>It is counted in the image; correct it where the grid does not fit.</source>
        <translation>画像から数えた値です。グリッドが合わないときは直してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="169"/>
        <location filename="../../inspector/station/grid/click_page.py" line="206"/>
        <source>looking for edges …</source>
        <translation>縁を探しています…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="169"/>
        <source>Three clicks make the grid.</source>
        <translation>3 回のクリックでグリッドができます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="177"/>
        <source>Click 1 of 3: a corner of any whole chip. The wheel zooms, dragging moves the picture.</source>
        <translation>1/3: 欠けていないチップの角をクリックします。ホイールで拡大、ドラッグで移動します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="178"/>
        <source>Click 2 of 3: the opposite corner of the same chip.</source>
        <translation>2/3: 同じチップの対角の角をクリックします。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="179"/>
        <source>Click 3 of 3: the corner of the first click on a chip far away, best in the same row.</source>
        <translation>3/3: 離れたチップ（できれば同じ行）の、最初と同じ角をクリックします。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="182"/>
        <source>Columns and rows between the two chips are counted; correct them where the grid does not fit. Corners can be dragged; 1, 2, 3 choose one, arrows move it by 1 px, with Shift by 10.</source>
        <translation>2 つのチップの間の列数と行数は自動で数えます。合わないときは直してください。角はドラッグで動かせます。1、2、3 で角を選び、矢印キーで 1 画素、Shift+矢印で 10 画素動かします。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="191"/>
        <source>{columns} × {rows}, {chips} whole chips · chip {width} × {height} px</source>
        <translation>{columns} × {rows}、欠けのないチップ {chips} · チップ {width} × {height} px</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="198"/>
        <source>pitch {px} × {py} px · turn {turn}°</source>
        <translation>ピッチ {px} × {py} px · 回転 {turn}°</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="202"/>
        <source>on the chips&apos; edges ({percent} % seen)</source>
        <translation>チップの縁に合わせました（{percent} % 確認）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/click_page.py" line="204"/>
        <source>as clicked: too few edges are seen</source>
        <translation>クリックのまま: 縁が足りません</translation>
    </message>
</context>
<context>
    <name>CommandSearch</name>
    <message>
        <location filename="../../inspector/station/panels/command_search.py" line="50"/>
        <source>What do you want to do?</source>
        <translation>何をしますか？</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/command_search.py" line="55"/>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/command_search.py" line="59"/>
        <source>↑ ↓ choose, Enter does it, Esc closes</source>
        <translation>↑ ↓ で選択、Enter で実行、Esc で閉じます</translation>
    </message>
</context>
<context>
    <name>ComparisonView</name>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="24"/>
        <source>Figure</source>
        <translation>指標</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="24"/>
        <source>Model in use then</source>
        <translation>当時使用中のモデル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="24"/>
        <source>This model</source>
        <translation>このモデル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="25"/>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="26"/>
        <location filename="../../inspector/station/models/comparison_view.py" line="27"/>
        <source>With counts and exact two-sided 95 % bounds</source>
        <translation>件数と両側 95 % の正確な信頼限界つき</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="39"/>
        <source>Nobody has compared this model: only one that is trained here is compared.</source>
        <translation>比較はありません。比較するのはここで学習したモデルだけです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="48"/>
        <source>Recall of {name}</source>
        <translation>{name} の再現率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="49"/>
        <source>Chips of this class that it calls so</source>
        <translation>このクラスのチップを正しくそう判定した割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="56"/>
        <source>Pass/fail accuracy</source>
        <translation>良否の正解率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="56"/>
        <source>Chips whose verdict is right</source>
        <translation>良否が正しいチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="57"/>
        <source>Class accuracy</source>
        <translation>クラスの正解率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="57"/>
        <source>Chips whose class is right</source>
        <translation>クラスが正しいチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="58"/>
        <source>Escapes</source>
        <translation>見逃し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="58"/>
        <source>Defects that pass, of all defects</source>
        <translation>全不良のうち合格になったもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="59"/>
        <source>Overkill</source>
        <translation>過検出</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="59"/>
        <source>Good chips that fail, of all good chips</source>
        <translation>全良品のうち不合格になったもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="61"/>
        <source>ECE of the verdict</source>
        <translation>良否の ECE</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="62"/>
        <source>How far P and truth lie apart, on average</source>
        <translation>P と実際の平均的なずれ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="75"/>
        <source>{count} chips. {what}</source>
        <translation>{count} チップ。{what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="77"/>
        <source>There was no model in use to compare with.</source>
        <translation>比べる使用中のモデルがありませんでした。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="80"/>
        <source>Verdicts that only the earlier model names rightly: {before}; only this one: {after}. McNemar p = {p}.</source>
        <translation>良否が以前のモデルだけ正しいもの {before}、このモデルだけ正しいもの {after}。McNemar p = {p}。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/comparison_view.py" line="84"/>
        <source>The model in use then has learned from {lots}: that flatters it.</source>
        <translation>当時のモデルは {lots} を学習済みのため、その成績は良く見えます。</translation>
    </message>
</context>
<context>
    <name>ConcernList</name>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="26"/>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="26"/>
        <source>Where</source>
        <translation>場所</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="26"/>
        <source>What it means</source>
        <translation>意味</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="27"/>
        <source>Things to know</source>
        <translation>注意点</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="48"/>
        <source>Nothing to warn about.</source>
        <translation>注意点はありません。</translation>
    </message>
</context>
<context>
    <name>Concerns</name>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="82"/>
        <source>Can&apos;t be read</source>
        <translation>読めません</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="83"/>
        <source>The chip&apos;s working copy is gone or damaged.</source>
        <translation>チップの作業用コピーが無いか壊れています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="86"/>
        <source>Two labels for one chip</source>
        <translation>1 つのチップに 2 つのラベル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="87"/>
        <source>Nearly the same picture has two classes: decide which is right.</source>
        <translation>ほぼ同じ画像に 2 つのクラスがあります。どちらが正しいか決めてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="90"/>
        <source>In training and in the test</source>
        <translation>学習とテストの両方にある</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="91"/>
        <source>Nearly the same picture lies on both sides: the test would look too good.</source>
        <translation>ほぼ同じ画像が両方にあり、テストの成績が良く見えすぎます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="96"/>
        <source>Wafer on both sides</source>
        <translation>ウェハが両方にある</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="97"/>
        <source>The test would look better than it is.</source>
        <translation>テストの成績が実際より良く見えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="100"/>
        <source>Lot on both sides</source>
        <translation>ロットが両方にある</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="101"/>
        <source>A new lot may do worse than the test says: answer on three lots or more.</source>
        <translation>新しいロットではテストより悪くなり得ます。3 ロット以上で判断してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="106"/>
        <source>Seen again with another label</source>
        <translation>再撮影で別のラベル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="107"/>
        <source>The same surface has two classes: see whether both hold.</source>
        <translation>同じ表面に 2 つのクラスがあります。両方とも正しいか確かめてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="110"/>
        <source>No chip</source>
        <translation>チップなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="111"/>
        <source>The model can&apos;t learn what it never sees.</source>
        <translation>見ていないものは学習できません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="114"/>
        <source>Fewer than wanted</source>
        <translation>目標数に不足</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="115"/>
        <source>The recipe asks for more chips of this class.</source>
        <translation>レシピはこのクラスのチップをもっと求めています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="118"/>
        <source>From one lot only</source>
        <translation>1 ロットだけ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="119"/>
        <source>The model may learn the lot instead, and no other lot can check it.</source>
        <translation>クラスでなくロットを覚えるおそれがあり、他のロットで確かめられません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="124"/>
        <source>One lot dominates</source>
        <translation>1 ロットに偏り</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="125"/>
        <source>The model may learn the lot instead of the class.</source>
        <translation>クラスでなくロットを覚えるおそれがあります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="128"/>
        <source>Unknown sub-type</source>
        <translation>未知のサブタイプ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="129"/>
        <source>The recipe does not list it: add it there.</source>
        <translation>レシピにありません。追加してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="132"/>
        <source>Thin sub-type</source>
        <translation>少ないサブタイプ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="133"/>
        <source>Too few to learn from and to measure: collect more.</source>
        <translation>学習にも評価にも不足です。もっと集めてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="136"/>
        <source>Without a sub-type</source>
        <translation>サブタイプなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="137"/>
        <source>They are balanced as a group of their own.</source>
        <translation>独立した 1 グループとして均衡を取ります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="140"/>
        <source>Nearly the same chips</source>
        <translation>ほぼ同じチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="141"/>
        <source>Each counts anew in training, though it tells little that is new.</source>
        <translation>新しい情報は少ないのに、学習では 1 件ずつ数えられます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="144"/>
        <source>Another size</source>
        <translation>大きさが異なる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/concern_list.py" line="145"/>
        <source>These chips are resized for the model, and marks change their size.</source>
        <translation>モデル用に拡大縮小され、傷の大きさも変わります。</translation>
    </message>
</context>
<context>
    <name>Contents</name>
    <message>
        <location filename="../../inspector/station/gallery/contents.py" line="91"/>
        <source>Every chip of the wafer</source>
        <translation>ウェハの全チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/contents.py" line="106"/>
        <source>Choose another queue, or every chip of the wafer above.</source>
        <translation>別の一覧、または上で「ウェハの全チップ」を選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/contents.py" line="147"/>
        <source>Comparing chips: {percent} %</source>
        <translation>チップを比較中: {percent} %</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <location filename="../../inspector/station/dialogs/opening.py" line="31"/>
        <source>Open images</source>
        <translation>画像を開く</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/opening.py" line="34"/>
        <source>Images ({patterns})</source>
        <translation>画像 ({patterns})</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/opening.py" line="34"/>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>DisputeView</name>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="137"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
</context>
<context>
    <name>Disputes</name>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="65"/>
        <source>Chip {column} / {row} · {wafer} · {lot}</source>
        <translation>チップ {column} / {row} · {wafer} · {lot}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="68"/>
        <source>First answer</source>
        <translation>一人目の判断</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="69"/>
        <source>Second answer, blind</source>
        <translation>二人目の判断（先入観なし）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="80"/>
        <source>Machine</source>
        <translation>機械</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="82"/>
        <source>P(defect) {p}</source>
        <translation>不良確率 {p}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/dispute_view.py" line="95"/>
        <source>{who}, {when}: {text}</source>
        <translation>{who} {when}：{text}</translation>
    </message>
</context>
<context>
    <name>DisputesPage</name>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="64"/>
        <source>Disputes</source>
        <translation>不一致の裁定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="174"/>
        <source>Two answers stand against each other: settle it with the key of a class.</source>
        <translation>二つの判断が食い違っています。クラスのキーで裁定してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="209"/>
        <source>Chip {column} / {row}</source>
        <translation>チップ {column} / {row}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="245"/>
        <source>No dispute waits</source>
        <translation>裁定待ちはありません</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="247"/>
        <source>When a second person gives another answer than the first, the chip comes here. You then see both answers, the machine&apos;s and its heat, and settle it with the key of a class, or return it with a reason.</source>
        <translation>二人目の判断が一人目と違うと、そのチップがここに来ます。二人の判断と機械の判定、ヒートマップを見て、クラスのキーで裁定するか、理由を書いて差し戻します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="242"/>
        <source>Looking …</source>
        <translation>探しています…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/disputes_page.py" line="226"/>
        <source>Two people, two answers: settle each with the key of a class, or return it. H shows or hides the heat.</source>
        <translation>二人の判断が違います。クラスのキーで裁定するか、差し戻してください。H でヒートを表示・非表示。</translation>
    </message>
</context>
<context>
    <name>Examples</name>
    <message>
        <location filename="../../inspector/station/people/examples.py" line="100"/>
        <source>{wafer}, chip {column} / {row}, {who}</source>
        <translation>{wafer}、チップ {column} / {row}、{who}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/examples.py" line="107"/>
        <source>The nearest chip on which this answer of a person stands</source>
        <translation>人がこのクラスと判断した、いちばん近いチップ</translation>
    </message>
</context>
<context>
    <name>ExportPage</name>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="41"/>
        <location filename="../../inspector/station/export/export_page.py" line="231"/>
        <source>Export</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="42"/>
        <location filename="../../inspector/station/export/export_page.py" line="197"/>
        <location filename="../../inspector/station/export/export_page.py" line="225"/>
        <source>Look for near-duplicates</source>
        <translation>ほぼ同じチップを探す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="43"/>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="67"/>
        <source>Export answers</source>
        <translation>判断の書き出し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="135"/>
        <source>Give the folder with its full path.</source>
        <translation>フォルダーはフルパスで入力してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="149"/>
        <source>The record is empty: judge a wafer first, and answer on some of its chips.</source>
        <translation>記録は空です。先にウェハを判定し、チップを判断してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="154"/>
        <source>Counting…</source>
        <translation>集計中…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="157"/>
        <source>The answers are still being counted.</source>
        <translation>判断を集計中です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="161"/>
        <source>Nobody has settled a chip here yet: confirm or change some chips first.</source>
        <translation>確定した判断がまだありません。先にチップを確定または変更してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="168"/>
        <source>Your role may not export: ask an engineer.</source>
        <translation>この権限では書き出せません。技術者に頼んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="182"/>
        <source>Nobody has answered yet: confirm or change some chips first.</source>
        <translation>まだ判断がありません。先にチップを確定または変更してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="189"/>
        <source>Stop looking</source>
        <translation>探すのをやめる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="194"/>
        <source>Comparing chips</source>
        <translation>チップを比較中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="203"/>
        <source>{count} pairs of chips are nearly the same.</source>
        <translation>ほぼ同じチップの組: {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="207"/>
        <source>Writing chips</source>
        <translation>チップを書き出し中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="219"/>
        <source>{count} chips and their manifest are in the folder.</source>
        <translation>{count} チップとマニフェストをフォルダーに書き出しました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="226"/>
        <source>Stopped: the folder is as it was before.</source>
        <translation>停止しました。フォルダーは元のままです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="231"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="241"/>
        <source>Chips: {count}, to learn from: {train}, to test with: {test}. Lots: {lots}.</source>
        <translation>チップ {count}（学習用 {train}、テスト用 {test}）、ロット {lots}。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="245"/>
        <source>{n} wait for a second person</source>
        <translation>再確認（二人目）待ち {n}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="246"/>
        <source>{n} are disputed</source>
        <translation>裁定待ち {n}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="247"/>
        <source>{n} were returned</source>
        <translation>差し戻し {n}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/export_page.py" line="251"/>
        <source>Left out: {what}.</source>
        <translation>対象外: {what}。</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <location filename="../../inspector/station/chip/filmstrip.py" line="97"/>
        <source>Filmstrip of the queue</source>
        <translation>一覧のフィルムストリップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/filmstrip.py" line="120"/>
        <source>{count} more before; five back</source>
        <translation>前にあと {count} 個。5 個戻る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/filmstrip.py" line="121"/>
        <source>{count} more ahead; five on</source>
        <translation>後にあと {count} 個。5 個進む</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="45"/>
        <source>/  class:pit p&gt;0.3</source>
        <translation>/  class:pit p&gt;0.3</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="46"/>
        <source>Search line</source>
        <translation>検索欄</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="47"/>
        <source>Which chips the queues show (/): class:pit p&gt;0.3 state:open zone:edge</source>
        <translation>一覧に出すチップの条件（/）：class:pit p&gt;0.3 state:open zone:edge</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="107"/>
        <source>{count} of this queue. Enter: take it</source>
        <translation>この一覧で {count} 個。Enter で絞り込み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="122"/>
        <source>{count} of this queue. Esc: back to the chip</source>
        <translation>この一覧で {count} 個。Esc でチップに戻る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="142"/>
        <source>Remove the filter {filter}</source>
        <translation>条件 {filter} を外す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="144"/>
        <source>Clear all</source>
        <translation>すべて外す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/filter_bar.py" line="144"/>
        <source>Show every chip of the queue again</source>
        <translation>一覧の全チップを再び表示</translation>
    </message>
</context>
<context>
    <name>FlipsView</name>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="45"/>
        <source>Chip</source>
        <translation>チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="46"/>
        <source>A person says</source>
        <translation>人の判断</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="47"/>
        <source>Before</source>
        <translation>以前</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="48"/>
        <source>Now</source>
        <translation>今回</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="49"/>
        <source>What it means</source>
        <translation>意味</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="53"/>
        <source>Chips that flip</source>
        <translation>判定が変わるチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="72"/>
        <source>No chip flips: both models call every compared chip the same.</source>
        <translation>判定が変わるチップはありません。両モデルの判定はすべて同じです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="74"/>
        <source>There is nothing to compare this model with.</source>
        <translation>このモデルと比べるものがありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="76"/>
        <source>{count} of {all} chips are called otherwise than before. A click goes to the chip.</source>
        <translation>{all} チップ中 {count} チップの判定が変わります。クリックするとそのチップへ移ります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="99"/>
        <source>undecided</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="107"/>
        <source>P(defect) {before} → {after}</source>
        <translation>不良確率 {before} → {after}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="116"/>
        <source>new overkill</source>
        <translation>新たな過検出</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="116"/>
        <source>new escape</source>
        <translation>新たな見逃し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="118"/>
        <source>overkill mended</source>
        <translation>過検出が解消</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="118"/>
        <source>escape mended</source>
        <translation>見逃しが解消</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="120"/>
        <source>class mended</source>
        <translation>クラスが改善</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="121"/>
        <source>class lost</source>
        <translation>クラスが悪化</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/flips_view.py" line="121"/>
        <source>another class</source>
        <translation>別のクラス</translation>
    </message>
</context>
<context>
    <name>Gallery</name>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="17"/>
        <source>Chip {column} / {row}: {answer}</source>
        <translation>チップ {column} / {row}: {answer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="19"/>
        <source>{count} chips: {answer}</source>
        <translation>{count} チップ: {answer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="26"/>
        <source>confirmed</source>
        <translation>確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="28"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="30"/>
        <source>Excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="36"/>
        <source>No class</source>
        <translation>クラスなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="43"/>
        <source>{count} not yet seen</source>
        <translation>まだ見ていない {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="44"/>
        <source>{count} answered by several people</source>
        <translation>複数の人が判断済み {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="45"/>
        <source>{count} without an answer to confirm</source>
        <translation>確定する判定がない {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="46"/>
        <source>{count} decided so already</source>
        <translation>すでに同じ判断 {count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/batch_words.py" line="51"/>
        <source>Left out: {which}.</source>
        <translation>対象外: {which}。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/tips.py" line="25"/>
        <source>{count} chips, {open} of them not decided by a person.</source>
        <translation>{count} チップ、うち {open} は未判断です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/tips.py" line="33"/>
        <source>{count} chosen</source>
        <translation>{count} 個を選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="46"/>
        <source>In the order of the queue.</source>
        <translation>一覧の順です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="59"/>
        <source>Chips to which the machine gave this answer.</source>
        <translation>機械がこのクラスと判定したチップです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="60"/>
        <source>Undecided</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="65"/>
        <source>Not judged yet</source>
        <translation>未判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="84"/>
        <source>Chips that look alike to the program; the most typical one first.</source>
        <translation>見た目が似ているチップです。最も典型的なものが先頭です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="87"/>
        <source>Not compared</source>
        <translation>未比較</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="105"/>
        <source>Group {number}: undecided</source>
        <translation>グループ {number}: 判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="108"/>
        <source>Group {number}: {title}</source>
        <translation>グループ {number}: {title}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/sections.py" line="110"/>
        <source>Group {number}: mostly {title}</source>
        <translation>グループ {number}: 主に{title}</translation>
    </message>
</context>
<context>
    <name>GalleryBar</name>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="26"/>
        <source>Which chips are shown</source>
        <translation>表示するチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="28"/>
        <source>Every chip of the wafer</source>
        <translation>ウェハの全チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="29"/>
        <source>How the chips are grouped</source>
        <translation>チップのまとめ方</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="30"/>
        <source>By the machine&apos;s class</source>
        <translation>機械の判定クラス別</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="31"/>
        <source>By similarity</source>
        <translation>見た目の近さ別</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="32"/>
        <source>In the queue&apos;s order</source>
        <translation>一覧の順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="38"/>
        <source>How large the thumbnails are</source>
        <translation>縮小画像の大きさ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="39"/>
        <source>Thumbnail size</source>
        <translation>縮小画像の大きさ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="41"/>
        <source>Heat (H)</source>
        <translation>ヒート (H)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="47"/>
        <source>Evidence over every thumbnail, on the model&apos;s fixed scale</source>
        <translation>すべての縮小画像に根拠を重ねます（モデル共通の目盛り）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_bar.py" line="79"/>
        <source>Queue: {queue}</source>
        <translation>一覧: {queue}</translation>
    </message>
</context>
<context>
    <name>GalleryPage</name>
    <message>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="147"/>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="156"/>
        <source>Confirm the table with Enter, or leave it with Esc first.</source>
        <translation>先に表を Enter で確定するか、Esc で戻ってください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="149"/>
        <source>Choose chips first.</source>
        <translation>先にチップを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="162"/>
        <source>No undecided chip has been seen here that is not chosen.</source>
        <translation>選択していない未判断のチップで、画面で見たものはまだありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="171"/>
        <source>The answers have changed meanwhile: read the table again.</source>
        <translation>その間に答えが変わりました。表をもう一度確認してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/gallery/gallery_page.py" line="225"/>
        <source>{count} decided.</source>
        <translation>{count} チップを判断しました。</translation>
    </message>
</context>
<context>
    <name>GalleryStatus</name>
    <message>
        <location filename="../../inspector/station/gallery/status.py" line="22"/>
        <source>Space chooses  ·  Ctrl+A all in sight  ·  digits relabel  ·  Esc goes back</source>
        <translation>Space 選択  ·  Ctrl+A 画面内すべて  ·  数字でクラス  ·  Esc 戻る</translation>
    </message>
</context>
<context>
    <name>GalleryView</name>
    <message>
        <location filename="../../inspector/station/gallery/gallery_view.py" line="295"/>
        <source>Gallery</source>
        <translation>ギャラリー</translation>
    </message>
</context>
<context>
    <name>Gate</name>
    <message>
        <location filename="../../inspector/station/people/gate.py" line="110"/>
        <source>Wafer Inspector</source>
        <translation>ウェハ検査ステーション</translation>
    </message>
</context>
<context>
    <name>GateList</name>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="92"/>
        <source>Release check</source>
        <translation>リリース確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="92"/>
        <source>Found</source>
        <translation>結果</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="92"/>
        <source>Wanted</source>
        <translation>基準</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/card_view.py" line="93"/>
        <source>Release checks</source>
        <translation>リリース確認</translation>
    </message>
</context>
<context>
    <name>GoToField</name>
    <message>
        <location filename="../../inspector/station/panels/go_to_field.py" line="50"/>
        <source>column / row, Enter goes, Esc closes</source>
        <translation>列 / 行、Enter で移動、Esc で閉じる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/go_to_field.py" line="48"/>
        <source>Go to chip</source>
        <translation>チップへ移動</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/go_to_field.py" line="47"/>
        <source>Name of the chip</source>
        <translation>チップの名前</translation>
    </message>
</context>
<context>
    <name>GreyPopup</name>
    <message>
        <location filename="../../inspector/station/panels/grey_popup.py" line="186"/>
        <source>Window {window}, level {level}</source>
        <translation>幅 {window}、中心 {level}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/grey_popup.py" line="145"/>
        <source>Window and level are for grey images.</source>
        <translation>階調の調整はグレー画像だけです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/grey_popup.py" line="129"/>
        <source>Reset</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/grey_popup.py" line="128"/>
        <source>Auto</source>
        <translation>自動</translation>
    </message>
</context>
<context>
    <name>GridCanvas</name>
    <message>
        <location filename="../../inspector/station/grid/grid_canvas.py" line="52"/>
        <source>Wafer with the grid to correct</source>
        <translation>グリッドを補正するウェハ</translation>
    </message>
</context>
<context>
    <name>GridDesk</name>
    <message>
        <location filename="../../inspector/station/grid/grid_desk.py" line="58"/>
        <source>The wafer&apos;s image is not there yet: wait until it has been read.</source>
        <translation>ウェハの画像がまだありません。読み込みが終わるまでお待ちください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_desk.py" line="56"/>
        <source>An image of one part has no grid to correct.</source>
        <translation>部品 1 個の画像には補正するグリッドがありません。</translation>
    </message>
</context>
<context>
    <name>GridMode</name>
    <message>
        <location filename="../../inspector/station/grid/grid_mode.py" line="73"/>
        <source>Image of a whole wafer</source>
        <translation>ウェハ全体の画像</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_mode.py" line="76"/>
        <source>Images ({patterns})</source>
        <translation>画像 ({patterns})</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_mode.py" line="76"/>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="41"/>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="40"/>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="63"/>
        <source>Drag chip corners onto the picture: the first shifts the grid, the second turns it, the third fits it. 1, 2, 3 choose a corner, arrows move it by 1 px, with Shift by 10, Ctrl+Z takes it back.</source>
        <translation>チップの角を画像に合わせてドラッグします。1 つ目で移動、2 つ目で回転、3 つ目で残りを合わせます。1、2、3 で角を選び、矢印キーで 1 画素、Shift+矢印で 10 画素動かし、Ctrl+Z で戻します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="108"/>
        <source>Chips to judge: {count}</source>
        <translation>判定するチップ：{count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="104"/>
        <source>Shift {dx}, {dy} px · turn {turn}° · scale {sx} × {sy}</source>
        <translation>移動 {dx}, {dy} px ・ 回転 {turn}° ・ 倍率 {sx} × {sy}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="94"/>
        <source>This can&apos;t be the wafer&apos;s grid: begin again.</source>
        <translation>ウェハのグリッドとしてありえません。最初からやり直してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="93"/>
        <source>The grid is squeezed or turned over.</source>
        <translation>グリッドがつぶれているか、裏返っています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="91"/>
        <source>Drag a corner first.</source>
        <translation>先に角をドラッグしてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="59"/>
        <source>Correct the grid: {wafer}</source>
        <translation>グリッドを補正：{wafer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="59"/>
        <source>Place the grid: {wafer}</source>
        <translation>グリッドを合わせる：{wafer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="50"/>
        <source>{percent} % read. Then the grid can be placed by hand.</source>
        <translation>{percent} % 読み込みました。終わるとグリッドを手で合わせられます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="48"/>
        <source>Reading {name}</source>
        <translation>{name} を読み込み中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/grid_page.py" line="39"/>
        <source>Begin again</source>
        <translation>最初から</translation>
    </message>
</context>
<context>
    <name>HandOverPage</name>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="61"/>
        <source>Shift hand-over</source>
        <translation>シフトの引き継ぎ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="64"/>
        <location filename="../../inspector/station/people/hand_over_page.py" line="81"/>
        <source>For the next shift</source>
        <translation>次のシフトへ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="65"/>
        <source>What the next shift must know</source>
        <translation>次のシフトに伝えること</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="71"/>
        <source>Hand over</source>
        <translation>引き継ぐ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="74"/>
        <source>Save as a file…</source>
        <translation>ファイルに保存…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="83"/>
        <source>The note stays in the record, and the next shift counts from here.</source>
        <translation>メモは記録に残り、次のシフトはここから数えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="59"/>
        <location filename="../../inspector/station/people/hand_over_page.py" line="122"/>
        <source>The shift is still being counted.</source>
        <translation>シフトを集計しています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="131"/>
        <source>A note has at most {count} characters.</source>
        <translation>メモは {count} 文字までです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="140"/>
        <source>Handed over. The next shift counts from now.</source>
        <translation>引き継ぎました。次のシフトは今から数えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="145"/>
        <source>Save the hand-over</source>
        <translation>引き継ぎを保存</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="147"/>
        <source>Web page (*.html)</source>
        <translation>Web ページ (*.html)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="147"/>
        <source>Text (*.txt)</source>
        <translation>テキスト (*.txt)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_page.py" line="163"/>
        <source>Saved as {name}.</source>
        <translation>{name} に保存しました。</translation>
    </message>
</context>
<context>
    <name>HandOverWords</name>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="23"/>
        <source>Written at the last hand-over</source>
        <translation>前回の引き継ぎメモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="26"/>
        <source>For the next shift</source>
        <translation>次のシフトへ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="27"/>
        <source>From {since} to {until}</source>
        <translation>{since} から {until} まで</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="28"/>
        <source>Shift hand-over</source>
        <translation>シフトの引き継ぎ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="32"/>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="33"/>
        <source>Decided</source>
        <translation>判断</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="34"/>
        <source>Changed</source>
        <translation>変更</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="35"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="36"/>
        <source>Second reviews</source>
        <translation>再確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="37"/>
        <source>Settled</source>
        <translation>裁定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="38"/>
        <source>Taken back</source>
        <translation>取り消し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="39"/>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="40"/>
        <source>Seconds a chip</source>
        <translation>秒／チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="43"/>
        <source>Nobody has decided anything in this shift yet.</source>
        <translation>このシフトではまだ誰も判断していません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="44"/>
        <source>Who did what</source>
        <translation>誰が何をしたか</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="61"/>
        <source>Lot · wafer</source>
        <translation>ロット · ウェハ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="62"/>
        <source>Want eyes</source>
        <translation>要確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="63"/>
        <source>Second review</source>
        <translation>再確認待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="64"/>
        <source>Disputed</source>
        <translation>裁定待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="65"/>
        <source>Returned</source>
        <translation>差し戻し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="72"/>
        <source>Nothing waits on the wafers of this shift.</source>
        <translation>このシフトのウェハに残りはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="73"/>
        <source>What is left</source>
        <translation>残り</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="78"/>
        <source>{lot} · {wafer}, chip {column} / {row}</source>
        <translation>{lot} · {wafer}、チップ {column} / {row}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="82"/>
        <source>Notes on chips</source>
        <translation>チップのメモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="82"/>
        <source>No note was written.</source>
        <translation>メモはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/hand_over_words.py" line="85"/>
        <source>{text} ({who}, {time})</source>
        <translation>{text}（{who}、{time}）</translation>
    </message>
</context>
<context>
    <name>HeatAnswers</name>
    <message>
        <location filename="../../inspector/station/keys/heat_answers.py" line="61"/>
        <source>Heat map {percent} %</source>
        <translation>ヒートマップの濃さ {percent} %</translation>
    </message>
</context>
<context>
    <name>HeatControls</name>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="94"/>
        <source>Heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="95"/>
        <source>Show where the evidence lies (H, or hold H to peek)</source>
        <translation>判定の根拠の位置を表示（H、長押しで一時切替）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="96"/>
        <source>Judged class</source>
        <translation>判定クラス</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="98"/>
        <source>Evidence for the class that the machine judged; on a chip judged good, for any defect (E)</source>
        <translation>機械が判定したクラスの根拠。良品判定のチップでは不良全体の根拠（E）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="100"/>
        <source>Any defect</source>
        <translation>不良全体</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="101"/>
        <source>The strongest evidence for any of the defect classes (E)</source>
        <translation>いずれかの不良クラスに対する最も強い根拠（E）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_controls.py" line="102"/>
        <location filename="../../inspector/station/chip/heat_controls.py" line="105"/>
        <source>Opacity of the heat</source>
        <translation>ヒートマップの濃さ</translation>
    </message>
</context>
<context>
    <name>HeatScale</name>
    <message>
        <location filename="../../inspector/station/chip/heat_scale.py" line="44"/>
        <location filename="../../inspector/station/chip/heat_scale.py" line="46"/>
        <source>hot</source>
        <translation>強</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_scale.py" line="44"/>
        <location filename="../../inspector/station/chip/heat_scale.py" line="46"/>
        <source>cold</source>
        <translation>弱</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_scale.py" line="80"/>
        <source>Heat scale</source>
        <translation>ヒートマップの目盛り</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_scale.py" line="81"/>
        <source>Evidence on the model&apos;s fixed scale: the same colours mean the same for every chip.</source>
        <translation>モデル固有の固定目盛りです。同じ色はどのチップでも同じ強さを表します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/heat_scale.py" line="84"/>
        <source>It runs from {low} to {high} in the model&apos;s own units.</source>
        <translation>範囲はモデル固有の単位で {low} から {high} です。</translation>
    </message>
</context>
<context>
    <name>HelpViewer</name>
    <message>
        <location filename="../../inspector/station/dialogs/help_viewer.py" line="52"/>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <location filename="../../inspector/station/panels/grey_popup.py" line="33"/>
        <source>Grey values of the image</source>
        <translation>画像の明るさの分布</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="75"/>
        <source>History ({count})</source>
        <translation>履歴（{count}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="75"/>
        <source>History</source>
        <translation>履歴</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="79"/>
        <source>Nothing has happened here</source>
        <translation>まだ記録はありません</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="107"/>
        <source>machine ({model}): undecided</source>
        <translation>機械判定（{model}）：判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="109"/>
        <source>machine ({model}): {title}, P(defect) {p}</source>
        <translation>機械判定（{model}）：{title}、不良確率 {p}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="118"/>
        <location filename="../../inspector/station/chip/history.py" line="136"/>
        <source>{who} took back: {what}</source>
        <translation>{who} が取消：{what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="144"/>
        <source>second review: {title}</source>
        <translation>再確認：{title}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="145"/>
        <source>dispute settled: {title}</source>
        <translation>裁定：{title}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="146"/>
        <source>dispute returned</source>
        <translation>差し戻し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="156"/>
        <source>{title} confirmed</source>
        <translation>「{title}」を確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="157"/>
        <source>changed to {title}</source>
        <translation>「{title}」に変更</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="142"/>
        <location filename="../../inspector/station/chip/history.py" line="158"/>
        <source>unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="159"/>
        <source>excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="147"/>
        <location filename="../../inspector/station/chip/history.py" line="160"/>
        <source>taken back</source>
        <translation>取消</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="77"/>
        <source>Judgements, decisions, second opinions and notes on this chip</source>
        <translation>このチップの判定・判断・二人目の意見・メモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="167"/>
        <source>, marked at {x} / {y}</source>
        <translation>、位置 {x} / {y}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/history.py" line="174"/>
        <source>{who} noted: {text}</source>
        <translation>{who} のメモ：{text}</translation>
    </message>
</context>
<context>
    <name>Inspecting</name>
    <message>
        <location filename="../../inspector/station/state/inspecting.py" line="80"/>
        <source>There is no model for the recipe {recipe}: train one, or choose its folder when opening.</source>
        <translation>レシピ「{recipe}」のモデルがありません。学習するか、画像を開くときにフォルダーを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/inspecting.py" line="93"/>
        <source>The grid is moved, but there is no model to judge the moved chips again.</source>
        <translation>グリッドは移動しましたが、移動したチップを判定し直すモデルがありません。</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="26"/>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="34"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="37"/>
        <source>Stop judging after the present step; what is judged stays</source>
        <translation>現在の処理のあとで停止します。判定済みの結果は残ります</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="73"/>
        <source>{judged} of {chips} judged</source>
        <translation>判定 {judged} / {chips}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="81"/>
        <source>{count} more waiting</source>
        <translation>待ち {count} 件</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/job_bar.py" line="88"/>
        <source>{judged} of {chips} judged, {decided} decided</source>
        <translation>判定 {judged} / {chips}、確認済み {decided}</translation>
    </message>
</context>
<context>
    <name>Judging</name>
    <message>
        <location filename="../../inspector/station/state/engine_words.py" line="11"/>
        <source>The engine ended by itself and goes on where it stopped; nothing that was judged is lost.</source>
        <translation>判定エンジンが異常終了しましたが、続きから再開します。判定済みの結果は失われていません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/engine_words.py" line="14"/>
        <source>The engine ended by itself; it starts again with the next image.</source>
        <translation>判定エンジンが異常終了しました。次の画像で再び起動します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/requests.py" line="104"/>
        <source>Wafer {wafer} of lot {lot} is in the record with another image than {file}: open it under another lot name.</source>
        <translation>ロット {lot} のウェハ {wafer} は {file} とは別の画像で記録されています。別のロット名で開いてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/requests.py" line="111"/>
        <source>Wafer {wafer} of lot {lot} is in the record with another recipe: give another lot or wafer name.</source>
        <translation>ロット {lot} のウェハ {wafer} は別のレシピで記録されています。別のロット名またはウェハ名を付けてください。</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="51"/>
        <source>To a chip and back</source>
        <translation>チップを拡大／元に戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="51"/>
        <source>Double click</source>
        <translation>ダブルクリック</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="50"/>
        <source>Move the wafer</source>
        <translation>ウェハを動かす</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="50"/>
        <source>Drag, Shift+arrows</source>
        <translation>ドラッグ、Shift+矢印</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="49"/>
        <source>Zoom</source>
        <translation>拡大・縮小</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="49"/>
        <source>Wheel, pinch</source>
        <translation>ホイール、ピンチ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="42"/>
        <source>On the wafer</source>
        <translation>ウェハの上で</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="24"/>
        <source>All keys</source>
        <translation>キー一覧</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/key_sheet.py" line="33"/>
        <source>Give a class and go on</source>
        <translation>クラスを付けて次へ</translation>
    </message>
</context>
<context>
    <name>KeysPage</name>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="44"/>
        <source>New key</source>
        <translation>新しいキー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="51"/>
        <source>Use this key</source>
        <translation>このキーを使う</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="52"/>
        <source>Without keys</source>
        <translation>キーなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="53"/>
        <source>Usual key</source>
        <translation>標準のキー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="54"/>
        <source>All usual keys</source>
        <translation>すべて標準に戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="71"/>
        <source>Search actions and keys</source>
        <translation>操作とキーを検索</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="81"/>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="81"/>
        <location filename="../../inspector/station/keys/keys_page.py" line="101"/>
        <source>Keys</source>
        <translation>キー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="81"/>
        <source>Usual keys</source>
        <translation>標準のキー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="178"/>
        <source>Choose an action, click the field below and press its new key.</source>
        <translation>操作を選び、下の欄をクリックして、新しいキーを押してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="182"/>
        <source>Click the field below and press a key for “{action}”.</source>
        <translation>下の欄をクリックし、「{action}」のキーを押してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="186"/>
        <source>{key} gives the class {title} in this recipe: choose another key.</source>
        <translation>{key} はこのレシピでクラス「{title}」のキーです。別のキーを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="192"/>
        <source>{key} is free.</source>
        <translation>{key} は空いています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/keys_page.py" line="194"/>
        <source>{key} belongs to “{other}”, which loses it to “{action}”.</source>
        <translation>{key} は「{other}」のキーです。「{action}」に移します。</translation>
    </message>
</context>
<context>
    <name>LayersPopup</name>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="49"/>
        <source>Opacity: {layer}</source>
        <translation>濃さ：{layer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="35"/>
        <source>Small chips show P(defect), larger ones where the evidence lies</source>
        <translation>小さく見えるチップには不良確率、大きく見えるチップには根拠の場所を表示します</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="30"/>
        <source>Heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="29"/>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="28"/>
        <source>Outlines</source>
        <translation>輪郭</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/layers_popup.py" line="32"/>
        <source>Show heat (Ctrl+H)</source>
        <translation>ヒートを表示 (Ctrl+H)</translation>
    </message>
</context>
<context>
    <name>LearningCurve</name>
    <message>
        <location filename="../../inspector/station/export/learning_curve.py" line="22"/>
        <source>Curve of the training</source>
        <translation>学習曲線</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/learning_curve.py" line="25"/>
        <source>Right on chips kept back, %</source>
        <translation>確認用チップの正解率 %</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/learning_curve.py" line="25"/>
        <source>Loss</source>
        <translation>損失</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/learning_curve.py" line="75"/>
        <source>━ pass/fail   ┄ class   ● kept</source>
        <translation>━ 良否   ┄ クラス   ● 保存</translation>
    </message>
</context>
<context>
    <name>LoneChip</name>
    <message>
        <location filename="../../inspector/station/people/lone_chip.py" line="53"/>
        <location filename="../../inspector/station/people/lone_chip.py" line="61"/>
        <source>The chip is being read …</source>
        <translation>チップを読み込んでいます…</translation>
    </message>
</context>
<context>
    <name>Looking</name>
    <message>
        <location filename="../../inspector/station/state/looking.py" line="37"/>
        <source>Wafer {wafer} of lot {lot} is not in the record.</source>
        <translation>ロット {lot} のウェハ {wafer} は記録にありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/looking.py" line="145"/>
        <source>That was the last chip of this queue.</source>
        <translation>この一覧の最後のチップでした。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/looking.py" line="149"/>
        <source>Wafer {before} is done in this queue; wafer {wafer} is open now.</source>
        <translation>ウェハ {before} はこの一覧が終わりました。ウェハ {wafer} を開きました。</translation>
    </message>
</context>
<context>
    <name>LotsPanel</name>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="21"/>
        <location filename="../../inspector/station/panels/lots_panel.py" line="23"/>
        <source>Wafers</source>
        <translation>ウェハ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="39"/>
        <source>Lot {lot}</source>
        <translation>ロット {lot}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="43"/>
        <source>No wafer fits the search line.</source>
        <translation>検索条件に合うウェハがありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="55"/>
        <source>The chips of this wafer are being counted</source>
        <translation>このウェハのチップを集計中です</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="56"/>
        <source>{judged} of {chips} chips judged, {decided} decided by a person</source>
        <translation>{chips} チップ中 {judged} を機械判定、{decided} を人が確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="62"/>
        <source>{found} chips fit the search line</source>
        <translation>検索条件に合うチップ {found} 個</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/lots_panel.py" line="63"/>
        <source>{found} found</source>
        <translation>{found} 個</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <location filename="../../inspector/station/keys/menu_bar.py" line="62"/>
        <source>Look: as the system</source>
        <translation>外観: システムに合わせる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/menu_bar.py" line="63"/>
        <source>Look: light</source>
        <translation>外観: ライト</translation>
    </message>
    <message>
        <location filename="../../inspector/station/keys/menu_bar.py" line="64"/>
        <source>Look: dark</source>
        <translation>外観: ダーク</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="174"/>
        <source>Wafer Inspector</source>
        <translation>ウェハ検査ステーション</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="195"/>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="196"/>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="226"/>
        <source>Classes in green and red</source>
        <translation>クラスを緑と赤で表示</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="227"/>
        <source>Large buttons, for gloves</source>
        <translation>大きいボタン（手袋用）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/main_window.py" line="283"/>
        <source>There is no image among the dropped files: drop PNG, JPEG or TIFF.</source>
        <translation>ドロップされたファイルに画像がありません。PNG、JPEG、TIFF をドロップしてください。</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <location filename="../../inspector/station/map/map_legend.py" line="26"/>
        <source>Not imaged: {count}</source>
        <translation>未撮影：{count}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/map_legend.py" line="23"/>
        <source>Partial: {count}</source>
        <translation>欠けチップ：{count}</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <location filename="../../inspector/station/panels/map_tools.py" line="37"/>
        <source>Turn the view by 90° (Ctrl+R); chips keep their names</source>
        <translation>表示を 90° 回転 (Ctrl+R)。チップの名前は変わりません</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/map_tools.py" line="36"/>
        <source>Window and level of grey images (W)</source>
        <translation>グレー画像の階調 (W)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/map_tools.py" line="35"/>
        <source>Layers and their opacity (L)</source>
        <translation>レイヤーと濃さ (L)</translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="39"/>
        <source>trained here</source>
        <translation>ここで学習</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="40"/>
        <source>another folder</source>
        <translation>別フォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="41"/>
        <source>shipped</source>
        <translation>標準添付</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="49"/>
        <source>Weights are whole</source>
        <translation>重みが完全</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="50"/>
        <source>The file is the one that the card was written for.</source>
        <translation>ファイルはカードが示すものと一致します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="53"/>
        <source>Compared on unseen lots</source>
        <translation>未学習ロットで比較</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="54"/>
        <source>The chips are of lots that its training never saw.</source>
        <translation>学習が見ていないロットのチップです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="57"/>
        <source>Enough chips</source>
        <translation>十分なチップ数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="58"/>
        <source>Defects / good chips. 59 without an error prove a rate below 5 %.</source>
        <translation>不良 / 良品。誤りなし 59 個で 5 % 未満を証明します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="61"/>
        <source>Escapes among accepted chips</source>
        <translation>自動合格での見逃し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="62"/>
        <source>Upper 95 % bound on its calibration chips, against the recipe&apos;s max_escape.</source>
        <translation>校正チップでの 95 % 上限。レシピの max_escape と比べます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="67"/>
        <source>No new escape</source>
        <translation>新たな見逃しなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="68"/>
        <source>Before → now / defects; then those that only the new model lets pass.</source>
        <translation>以前 → 今回 / 不良数。続いて新モデルだけが見逃す数。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="73"/>
        <source>No more overkill</source>
        <translation>過検出が増えない</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="74"/>
        <source>Before → now / good chips. More is allowed where it may be chance.</source>
        <translation>以前 → 今回 / 良品数。偶然の範囲なら増加を認めます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="77"/>
        <source>Pass/fail no worse</source>
        <translation>良否が悪化しない</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="78"/>
        <source>McNemar&apos;s exact test on chips where only one of the two is right.</source>
        <translation>片方だけ正しいチップについての McNemar 正確検定。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="81"/>
        <source>Probabilities hold</source>
        <translation>確率が正しい</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="82"/>
        <source>ECE of the verdict: how far P and truth lie apart, on average.</source>
        <translation>良否の ECE: P と実際の平均的なずれ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="85"/>
        <source>No poor lot</source>
        <translation>悪いロットなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="86"/>
        <source>Pass/fail accuracy of the worst lot of ten chips or more.</source>
        <translation>10 チップ以上で最も悪いロットの良否正解率。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="93"/>
        <source>not known</source>
        <translation>不明</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="95"/>
        <source>passed</source>
        <translation>合格</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="96"/>
        <source>not passed</source>
        <translation>不合格</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="102"/>
        <source>Both models judged chips of lots that this training never saw.</source>
        <translation>この学習が見ていないロットのチップを両モデルで判定しました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="103"/>
        <source>The new model was chosen and calibrated on these chips: the figures flatter it.</source>
        <translation>新モデルはこれらのチップで選ばれ校正されたため、成績は良く見えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="106"/>
        <source>Nobody knows whether training has seen these lots: the figures may flatter the models.</source>
        <translation>学習がこれらのロットを見たか不明です。成績は良く見えることがあります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="115"/>
        <source>unseen lots</source>
        <translation>未学習ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="116"/>
        <source>chips it was chosen by</source>
        <translation>選定に使ったチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/model_words.py" line="117"/>
        <source>unknown lots</source>
        <translation>不明なロット</translation>
    </message>
</context>
<context>
    <name>ModelsPage</name>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="51"/>
        <source>Product</source>
        <translation>製品</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="54"/>
        <location filename="../../inspector/station/models/models_page.py" line="82"/>
        <source>Models</source>
        <translation>モデル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="56"/>
        <source>Use this model</source>
        <translation>このモデルを使う</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="105"/>
        <source>Card and release checks</source>
        <translation>カードとリリース確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="106"/>
        <source>Comparison</source>
        <translation>比較</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="107"/>
        <source>Chips that flip</source>
        <translation>判定が変わるチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="133"/>
        <source>Looking for models…</source>
        <translation>モデルを探しています…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="165"/>
        <source>The model of {date} judges from the next image on.</source>
        <translation>次の画像から {date} のモデルで判定します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="181"/>
        <source>The record is empty: judge a wafer first.</source>
        <translation>記録は空です。先にウェハを判定してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="200"/>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="203"/>
        <source>all checks passed</source>
        <translation>全項目合格</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="203"/>
        <source>{n} checks open</source>
        <translation>未合格 {n}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="217"/>
        <source>There is no model for this product: train one under Export.</source>
        <translation>この製品のモデルがありません。書き出し画面で学習してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="233"/>
        <source>although {n} release checks are open</source>
        <translation>未合格の確認が {n} 件あっても使う</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="235"/>
        <location filename="../../inspector/station/models/models_page.py" line="252"/>
        <source>Only an engineer may change the model.</source>
        <translation>モデルを変えられるのは技術者だけです。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="238"/>
        <source>It is in use.</source>
        <translation>使用中です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="240"/>
        <source>Tick the box to use it although checks are open.</source>
        <translation>未合格のまま使うにはチェックを入れてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="247"/>
        <source>Go back to {date}</source>
        <translation>{date} のモデルに戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="249"/>
        <source>Go back to the model before</source>
        <translation>前のモデルに戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="256"/>
        <source>No other model was in use before.</source>
        <translation>以前に使われた別のモデルはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="266"/>
        <source>In use: nobody has activated another one.</source>
        <translation>使用中（別のモデルは有効化されていません）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="266"/>
        <source>Never in use here.</source>
        <translation>ここでは未使用です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="270"/>
        <source>In use since {time}, by {person}.</source>
        <translation>{time} から使用中（{person}）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="272"/>
        <source>Last activated {time}, by {person}.</source>
        <translation>最後の有効化 {time}（{person}）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="276"/>
        <source>{n} release checks were open then.</source>
        <translation>そのとき未合格の確認が {n} 件ありました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/models/models_page.py" line="285"/>
        <source>This chip is not in the record.</source>
        <translation>このチップは記録にありません。</translation>
    </message>
</context>
<context>
    <name>Neighbourhood</name>
    <message>
        <location filename="../../inspector/station/chip/neighbourhood.py" line="133"/>
        <source>No chip is chosen.</source>
        <translation>チップが選ばれていません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/neighbourhood.py" line="185"/>
        <source>The chip among its neighbours</source>
        <translation>周囲のチップ</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="23"/>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="21"/>
        <source>No chip of this lot is judged yet: the bars come with it.</source>
        <translation>このロットはまだ判定されていません。判定されると棒が現れます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="36"/>
        <source>Outlined: judged by the machine. Filled: standing answers, with what people decided.</source>
        <translation>枠線: 機械判定。塗り: 人の判断を反映した確定結果。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="47"/>
        <source>{name}: {before} of {judged} judged chips, {after} of {standing} standing answers</source>
        <translation>{name}: 判定 {judged} チップ中 {before}、確定結果 {standing} チップ中 {after}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="63"/>
        <source>Nobody has answered yet: confirmed and changed chips are what training learns from.</source>
        <translation>まだ回答がありません。確定・変更したチップが学習に使われます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="85"/>
        <source>{chips} of {target}</source>
        <translation>{chips} / 目標 {target}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="87"/>
        <source>{chips} of {target}, {missing} missing</source>
        <translation>{chips} / 目標 {target}、不足 {missing}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="93"/>
        <source>Confirmed and changed chips of the whole record; the stroke is the number that the recipe wants.</source>
        <translation>記録全体で確定・変更したチップ。縦線はレシピの目標数です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="97"/>
        <source>Confirmed and changed chips of the whole record. The recipe names no targets for its classes.</source>
        <translation>記録全体で確定・変更したチップ。レシピにクラスの目標数はありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="107"/>
        <source>The recipe knows no sub-types, and nobody has given any.</source>
        <translation>レシピにサブタイプがなく、付けた人もいません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="109"/>
        <source>none given</source>
        <translation>サブタイプなし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="110"/>
        <source>{class_name}: {subtype}</source>
        <translation>{class_name}: {subtype}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="121"/>
        <source>{chips}, thin: wants {fewest}</source>
        <translation>{chips}（少ない: {fewest} 必要）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="123"/>
        <source>Only people give sub-types. Thin: fewer than 20 chips or 2 % of the class, too few to learn and to measure.</source>
        <translation>サブタイプは人だけが付けます。「少ない」は 20 チップ未満またはクラスの 2 % 未満で、学習にも測定にも足りません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/class_charts.py" line="139"/>
        <source>Chips</source>
        <translation>チップ数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="40"/>
        <source>Nobody has confirmed or changed a judged chip yet: each lot gets its point with the first.</source>
        <translation>判定済みチップの確定・変更がまだありません。最初の 1 件でロットの点が現れます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="56"/>
        <source>Overridden, %</source>
        <translation>変更率 %</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="76"/>
        <source>{lot}: {part} of {whole} decided chips overridden, {share}; limits {low} to {high}</source>
        <translation>{lot}: 判断した {whole} チップ中 {part} を変更、{share}。管理限界 {low} ～ {high}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="92"/>
        <source>above its limit</source>
        <translation>上方管理限界を超過</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="93"/>
        <source>below its limit</source>
        <translation>下方管理限界を下回る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="94"/>
        <source>the eighth or a later lot in a row above the centre</source>
        <translation>中心線の上側に 8 ロット以上連続</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="95"/>
        <source>the eighth or a later lot in a row below the centre</source>
        <translation>中心線の下側に 8 ロット以上連続</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="101"/>
        <source>No lot has {least} decided chips yet: with fewer, chance alone is too coarse for an alarm.</source>
        <translation>判断したチップが {least} 以上のロットはまだありません。それ未満では偶然の変動が大きく、警報を出しません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="107"/>
        <source>No lot of {least} decided chips or more stands out: these vary by chance alone.</source>
        <translation>判断 {least} チップ以上のロットに異常はありません。変動は偶然の範囲です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="112"/>
        <source>{lot} ({why})</source>
        <translation>{lot}（{why}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="113"/>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="115"/>
        <source>Out of control: {lots}.</source>
        <translation>管理外: {lots}。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/override_chart.py" line="118"/>
        <source>Hollow: fewer than {least} chips, too few for an alarm.</source>
        <translation>白抜き: {least} チップ未満のため警報なし。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="29"/>
        <source>Chips (logarithmic)</source>
        <translation>チップ数（対数）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="30"/>
        <source>P(defect)</source>
        <translation>不良確率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="37"/>
        <source>borderline: {low} to {high}</source>
        <translation>境界: {low} ～ {high}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="52"/>
        <source>{chips} chips with P(defect) from {low} to {high}</source>
        <translation>不良確率が {low} ～ {high} のチップ {chips} 個</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="57"/>
        <source>Between the dashed limits a person is asked; above them are defects, which are looked at too.</source>
        <translation>破線の間は人が確認します。上側は不良で、これも確認します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/p_defect_chart.py" line="61"/>
        <source>The chips were judged with {count} different pairs of limits; the most frequent one is drawn.</source>
        <translation>判定に使われた限界は {count} 組あります。最も多い組を描いています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/yield_chart.py" line="33"/>
        <source>No wafer of this lot is judged yet: its yield comes with it.</source>
        <translation>このロットはまだ判定されていません。判定されると歩留まりが現れます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/yield_chart.py" line="40"/>
        <source>Yield, %</source>
        <translation>歩留まり %</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/yield_chart.py" line="48"/>
        <source>Hollow: by the machine alone. Filled: after review. Yield is good / (good + defect).</source>
        <translation>白抜き: 機械判定のみ。塗り: 確認後。歩留まり＝良品 /（良品＋不良）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/yield_chart.py" line="58"/>
        <source>{wafer}: {before} by the machine alone, {after} after review: {good} good, {defect} defect, {none} open</source>
        <translation>{wafer}: 機械判定のみ {before}、確認後 {after}（良品 {good}、不良 {defect}、未定 {none}）</translation>
    </message>
</context>
<context>
    <name>NumbersPage</name>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="76"/>
        <source>Overrides per lot</source>
        <translation>ロット別の変更率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="77"/>
        <source>Share of the confirmed and changed chips that got another class than the machine named</source>
        <translation>確定・変更したチップのうち、機械と別のクラスを付けた割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="79"/>
        <source>Classes of the lot</source>
        <translation>ロットのクラス分布</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="79"/>
        <source>Chips of the lot by class, before and after review</source>
        <translation>ロットのチップ数（クラス別、確認の前後）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="80"/>
        <source>P(defect) of the lot</source>
        <translation>ロットの不良確率</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="80"/>
        <source>Judged chips of the lot by their P(defect)</source>
        <translation>ロットの判定済みチップの不良確率の分布</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="81"/>
        <source>Yield per wafer</source>
        <translation>ウェハ別の歩留まり</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="81"/>
        <source>Good / (good + defect) of each wafer of the lot</source>
        <translation>ロットの各ウェハの 良品 /（良品＋不良）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="83"/>
        <source>Answers to learn from</source>
        <translation>学習に使える回答</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="84"/>
        <source>Confirmed and changed chips of the whole record: what an export can take</source>
        <translation>記録全体で確定・変更したチップ（書き出せる数）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="87"/>
        <source>Sub-types of the answers</source>
        <translation>回答のサブタイプ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="88"/>
        <source>Confirmed and changed chips of the whole record by the sub-type that people gave</source>
        <translation>記録全体で確定・変更したチップ（人が付けたサブタイプ別）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="92"/>
        <source>Chips that two people or more have answered, over the whole record</source>
        <translation>記録全体で 2 人以上が回答したチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="93"/>
        <source>Agreement of people</source>
        <translation>人どうしの一致</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="112"/>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="122"/>
        <source>Numbers</source>
        <translation>数値</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="126"/>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="127"/>
        <source>The lot that is counted</source>
        <translation>集計するロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="146"/>
        <source>Nothing is judged yet: open a wafer image first.</source>
        <translation>まだ何も判定されていません。まずウェハ画像を開いてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="159"/>
        <source>Lot {lot}</source>
        <translation>ロット {lot}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="173"/>
        <source>counting: {done} of {total} wafers</source>
        <translation>集計中: ウェハ {done} / {total} 枚</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="212"/>
        <source>Wafer {wafer}</source>
        <translation>ウェハ {wafer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/numbers_page.py" line="214"/>
        <source>Lot {lot}, wafers: {count}</source>
        <translation>ロット {lot}（ウェハ {count} 枚）</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="46"/>
        <source>Judge images</source>
        <translation>画像の判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="63"/>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="70"/>
        <source>Judge</source>
        <translation>判定する</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="73"/>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="91"/>
        <source>Images</source>
        <translation>画像</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="92"/>
        <source>Product</source>
        <translation>製品</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="93"/>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="94"/>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="154"/>
        <source>Another recipe file…</source>
        <translation>別のレシピファイル…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/recipe_file.py" line="14"/>
        <source>Choose a recipe</source>
        <translation>レシピを選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/recipe_file.py" line="15"/>
        <source>Recipes (*.toml)</source>
        <translation>レシピ (*.toml)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="196"/>
        <source>Choose a model&apos;s folder</source>
        <translation>モデルのフォルダーを選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="209"/>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="213"/>
        <source>An engineer has activated this model: see Models.</source>
        <translation>技術者が有効化したモデルです。モデル画面を参照してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="215"/>
        <source>Choose the product&apos;s recipe.</source>
        <translation>製品のレシピを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="217"/>
        <source>The folder holds no wafer of this product: choose another recipe.</source>
        <translation>このフォルダーにはこの製品のウェハがありません。別のレシピを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="219"/>
        <source>The model that was activated is gone: activate another one under Models.</source>
        <translation>有効化されたモデルが見つかりません。モデル画面で別のモデルを有効にしてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="221"/>
        <source>There is no model for this product: train one, or choose its folder.</source>
        <translation>この製品のモデルがありません。学習するか、フォルダーを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/dialogs/open_dialog.py" line="223"/>
        <source>Enter the lot&apos;s name.</source>
        <translation>ロット名を入力してください。</translation>
    </message>
</context>
<context>
    <name>OperatorMenu</name>
    <message>
        <location filename="../../inspector/station/people/operator_menu.py" line="52"/>
        <source>Nobody</source>
        <translation>未サインイン</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/operator_menu.py" line="54"/>
        <source>{name} · {role} ▾</source>
        <translation>{name} · {role} ▾</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/operator_menu.py" line="55"/>
        <source>Who is signed in, and whose name stands under each decision</source>
        <translation>サインイン中の担当者。判断にはこの名前が残ります</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/operator_menu.py" line="56"/>
        <source>Signed in: {who}</source>
        <translation>サインイン中：{who}</translation>
    </message>
</context>
<context>
    <name>Opinions</name>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="94"/>
        <source>Returned by {name}: {reason}</source>
        <translation>{name} から差し戻し：{reason}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="101"/>
        <location filename="../../inspector/station/state/opinions.py" line="143"/>
        <source>Second review of a chip</source>
        <translation>チップの再確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="108"/>
        <source>settled as {title}</source>
        <translation>{title} と裁定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="115"/>
        <location filename="../../inspector/station/state/opinions.py" line="147"/>
        <source>returned</source>
        <translation>差し戻し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="124"/>
        <source>One of the two answers is yours: {names} can settle it.</source>
        <translation>二つの判断の一方はあなたのものです。{names} が裁定できます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="136"/>
        <source>Chip {column} / {row}: {what}</source>
        <translation>チップ {column} / {row}：{what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="145"/>
        <source>settled</source>
        <translation>裁定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="154"/>
        <source>Redone: {what}</source>
        <translation>やり直し：{what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/opinions.py" line="159"/>
        <source>Undone: {what}</source>
        <translation>取り消し：{what}</translation>
    </message>
</context>
<context>
    <name>Pace</name>
    <message>
        <location filename="../../inspector/station/state/pace_words.py" line="19"/>
        <source>{minutes} min</source>
        <translation>{minutes} 分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/pace_words.py" line="20"/>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} 時間 {minutes} 分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/pace_words.py" line="27"/>
        <source>Not known yet: your pace shows after {count} decisions in a row</source>
        <translation>まだ不明です。続けて {count} 件判断するとペースがわかります</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/pace_words.py" line="29"/>
        <source>{waiting} waiting chips at your median pace of {seconds} s; breaks of more than {pause} min left out</source>
        <translation>確認待ち {waiting} チップ。1 件の中央値 {seconds} 秒（{pause} 分を超える中断は除く）</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="66"/>
        <source>Counting…</source>
        <translation>集計中…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="75"/>
        <source>Save the picture</source>
        <translation>画像を保存</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="75"/>
        <source>Save the figures</source>
        <translation>数値を保存</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="109"/>
        <source>Save {name}</source>
        <translation>{name}を保存</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="126"/>
        <source>{path} can&apos;t be written ({why}): choose another folder.</source>
        <translation>{path} に書き込めません（{why}）。別のフォルダを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/panel.py" line="130"/>
        <source>Saved {path}</source>
        <translation>{path} に保存しました</translation>
    </message>
</context>
<context>
    <name>People</name>
    <message>
        <location filename="../../inspector/station/state/people.py" line="113"/>
        <source>Sign in first.</source>
        <translation>先にサインインしてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="117"/>
        <source>Not for your role ({mine}): this is done by {roles}.</source>
        <translation>この役割（{mine}）ではできません。できるのは{roles}です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="132"/>
        <source>Name and PIN do not fit. After five wrong PINs in a row, wait for a minute.</source>
        <translation>名前と PIN が合いません。5 回続けて間違えたら 1 分待ってください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="134"/>
        <source>Nobody could be signed in as {name}: {why}</source>
        <translation>{name} でサインインできません：{why}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="146"/>
        <source>Operator</source>
        <translation>作業者</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="147"/>
        <source>Engineer</source>
        <translation>技術者</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/people.py" line="148"/>
        <source>Administrator</source>
        <translation>管理者</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/permissions.py" line="46"/>
        <source>Nobody signs in yet: see People.</source>
        <translation>まだ誰もサインインしません。「担当者」で始められます。</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="32"/>
        <source>People</source>
        <translation>担当者</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="53"/>
        <source>Add</source>
        <translation>追加</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="54"/>
        <source>Change the role</source>
        <translation>役割を変更</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="55"/>
        <source>Set a new PIN</source>
        <translation>新しい PIN を設定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="56"/>
        <source>Retire</source>
        <translation>利用停止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="102"/>
        <source>Add a person</source>
        <translation>担当者を追加</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="108"/>
        <source>People sign in by name and PIN. What each role may do is checked in the record itself.</source>
        <translation>担当者は名前と PIN でサインインします。役割ごとにできることは、記録そのものが確かめます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="111"/>
        <source>Nobody signs in yet: everybody may do everything, under the name at the top right. Add the first person, an administrator, and from then on everybody works under their own name.</source>
        <translation>まだサインインはありません。誰でもすべての操作ができ、右上の名前で記録されます。最初の担当者（管理者）を追加すると、以後は各自の名前で作業します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="135"/>
        <source>A person needs a name.</source>
        <translation>名前を入力してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="138"/>
        <source>Choose another role first.</source>
        <translation>先に別の役割を選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="140"/>
        <source>Nobody can retire themselves.</source>
        <translation>自分を利用停止にはできません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="154"/>
        <source>{name} can sign in now.</source>
        <translation>{name} はサインインできます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="159"/>
        <source>{name} is {role} now.</source>
        <translation>{name} は{role}になりました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="164"/>
        <source>{name} has a new PIN.</source>
        <translation>{name} の PIN を変更しました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/people_page.py" line="169"/>
        <source>{name} can&apos;t sign in any more; what {name} decided stays.</source>
        <translation>{name} はもうサインインできません。これまでの判断は残ります。</translation>
    </message>
</context>
<context>
    <name>PeopleTable</name>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="53"/>
        <source>Who</source>
        <translation>対象</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="53"/>
        <source>Two people, one person against the settled answers, or all together</source>
        <translation>2 人の組、1 人と確定結果、または全員</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="54"/>
        <source>Chips</source>
        <translation>チップ数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="54"/>
        <source>Chips that all of them answered</source>
        <translation>全員が回答したチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="55"/>
        <source>Same class</source>
        <translation>クラス一致</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="55"/>
        <source>Share of these chips on which they gave the same class</source>
        <translation>同じクラスを付けた割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="56"/>
        <source>κ class</source>
        <translation>κ クラス</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="57"/>
        <source>Kappa over all classes: agreement beyond chance; 0.9 very good, below 0.7 poor</source>
        <translation>全クラスのカッパ係数（偶然を除いた一致度）。0.9 は非常に良い、0.7 未満は不良</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="59"/>
        <source>κ pass/fail</source>
        <translation>κ 合否</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="59"/>
        <source>Kappa over good and defect alone</source>
        <translation>良品・不良だけのカッパ係数</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="60"/>
        <source>Missed</source>
        <translation>見逃し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="60"/>
        <source>Called good, of the chips that were settled as a defect</source>
        <translation>不良と確定したチップのうち、良品とした割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="61"/>
        <source>False alarms</source>
        <translation>過検出</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="61"/>
        <source>Called a defect, of the chips that were settled as good</source>
        <translation>良品と確定したチップのうち、不良とした割合</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="82"/>
        <source>No chip has been answered by two people yet: second review brings such chips, and so does a chip that two people decide one after the other.</source>
        <translation>2 人が回答したチップはまだありません。再確認（二人目）や、別の人が続けて判断したチップがあると現れます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="98"/>
        <source>{chips} chips were answered by two people or more, {blind} of them blind in second review.</source>
        <translation>2 人以上が回答したのは {chips} チップ、うち {blind} チップは再確認（二人目）（他の回答を見ない）です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="104"/>
        <source>{first} – {second}</source>
        <translation>{first} – {second}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="104"/>
        <source>{person} – settled</source>
        <translation>{person} – 確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/numbers/people_table.py" line="115"/>
        <source>all {count}</source>
        <translation>全員（{count} 人）</translation>
    </message>
</context>
<context>
    <name>PersonForm</name>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="46"/>
        <source>Name</source>
        <translation>名前</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="46"/>
        <source>Role</source>
        <translation>役割</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="46"/>
        <source>PIN, 4 to 12 digits</source>
        <translation>PIN（4～12 桁）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="46"/>
        <source>The same PIN again</source>
        <translation>PIN をもう一度</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="73"/>
        <source>A PIN has 4 to 12 digits.</source>
        <translation>PIN は 4～12 桁の数字です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="74"/>
        <source>The two PINs differ.</source>
        <translation>二つの PIN が違います。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/person_form.py" line="81"/>
        <source>The first person is an administrator.</source>
        <translation>最初の担当者は管理者です。</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <location filename="../../inspector/station/people/pin_pad.py" line="43"/>
        <location filename="../../inspector/station/people/pin_pad.py" line="45"/>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/pin_pad.py" line="51"/>
        <source>Clear</source>
        <translation>消す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/pin_pad.py" line="56"/>
        <source>Sign in</source>
        <translation>サインイン</translation>
    </message>
</context>
<context>
    <name>PointMark</name>
    <message>
        <location filename="../../inspector/station/chip/point_mark.py" line="43"/>
        <source>Where is the defect? Click it, or Enter: the marked place. Esc: without</source>
        <translation>欠陥の位置をクリック。Enter：印の位置、Esc：指定なし</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/point_mark.py" line="45"/>
        <source>Where is the defect? Click it. Esc or Enter: without</source>
        <translation>欠陥の位置をクリック。Esc／Enter：指定なし</translation>
    </message>
</context>
<context>
    <name>PreviewTable</name>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="27"/>
        <source>Class</source>
        <translation>クラス</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="29"/>
        <source>Train</source>
        <translation>学習</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="30"/>
        <source>Chips of lots to learn from</source>
        <translation>学習に使うロットのチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="33"/>
        <source>Test</source>
        <translation>テスト</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="34"/>
        <source>Chips of lots that no training sees: two models are compared on them</source>
        <translation>どの学習も見ないロットのチップ。ここで 2 つのモデルを比べます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="37"/>
        <source>Total</source>
        <translation>合計</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="38"/>
        <source>All chips of this class that go along</source>
        <translation>このクラスで書き出す全チップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="41"/>
        <source>Machine</source>
        <translation>機械</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="42"/>
        <source>Of these, accepted by the machine: nobody has looked at them</source>
        <translation>うち機械が合格とし、誰も見ていないもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="45"/>
        <source>Points</source>
        <translation>位置</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="46"/>
        <source>Of these, with a click on the defect</source>
        <translation>うち不良の位置を示したもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="49"/>
        <source>Notes</source>
        <translation>メモ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="50"/>
        <source>Of these, with a note</source>
        <translation>うちメモのあるもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="54"/>
        <source>Chips that go along</source>
        <translation>書き出すチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/preview_table.py" line="79"/>
        <source>no sub-type</source>
        <translation>サブタイプなし</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="37"/>
        <source>decided {decided} of {asked}</source>
        <translation>要確認 {asked} のうち {decided} 確認済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="41"/>
        <source>about {time} left</source>
        <translation>残り約 {time}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="43"/>
        <source>yield {before} → {after}</source>
        <translation>歩留まり {before} → {after}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="45"/>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="50"/>
        <source>Decided: chips of this wafer that want eyes, or wanted them, and that a person has decided</source>
        <translation>確認済み: このウェハで確認が必要な（必要だった）チップのうち、人が判断したもの</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/progress_line.py" line="52"/>
        <source>Yield: good / (good + defect), by the machine alone → with what people decided</source>
        <translation>歩留まり: 良品 /（良品＋不良）、機械判定のみ → 人の判断を反映</translation>
    </message>
</context>
<context>
    <name>Query</name>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="16"/>
        <source>“{word}” is not known here. Known are {known}.</source>
        <translation>「{word}」という語はありません。使えるのは {known} です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="17"/>
        <source>“{word}” is no {of}. Known are {known}.</source>
        <translation>「{word}」は {of} にありません。使えるのは {known} です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="18"/>
        <source>What comes after “{word}:”? Known are {known}.</source>
        <translation>「{word}:」の後に値が必要です。使えるのは {known} です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="19"/>
        <source>“{word}” is no number. Write it like {known}.</source>
        <translation>「{word}」は数値ではありません。{known} のように入力してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="20"/>
        <source>“{word}” is no number: write {word}: and a value. Numbers are {known}.</source>
        <translation>「{word}」は数値の項目ではありません。{word}: に続けて値を入力してください。数値の項目は {known} です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="25"/>
        <source>What comes after “{word}:”?</source>
        <translation>「{word}:」の後に値が必要です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="42"/>
        <source>class of the answer that stands</source>
        <translation>現在の回答のクラス</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="43"/>
        <source>P(defect), such as p&gt;0.3</source>
        <translation>不良確率（例 p&gt;0.3）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="44"/>
        <source>open, decided, borderline and more</source>
        <translation>状態（open、decided など）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="45"/>
        <source>place on the wafer: ring or quarter</source>
        <translation>ウェハ上の領域</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="46"/>
        <source>who decided</source>
        <translation>判断した人</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="47"/>
        <source>class that the machine judged</source>
        <translation>機械判定のクラス</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="48"/>
        <source>good or defect</source>
        <translation>良品か不良か</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="49"/>
        <source>sub-type that a person gave</source>
        <translation>人が付けたサブタイプ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="50"/>
        <source>unlike what was learned, such as novelty&gt;1</source>
        <translation>未知の度合い（例 novelty&gt;1）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="51"/>
        <source>how long ago, such as decided&lt;2h</source>
        <translation>判断してからの時間（例 decided&lt;2h）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="52"/>
        <source>model that judged: name or digest</source>
        <translation>判定したモデル（名前か digest）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="53"/>
        <source>column of the chip, such as column=3</source>
        <translation>チップの列（例 column=3）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="54"/>
        <source>row of the chip, such as row:2..5</source>
        <translation>チップの行（例 row:2..5）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="55"/>
        <location filename="../../inspector/station/state/query_words.py" line="56"/>
        <source>narrows the list of wafers</source>
        <translation>ウェハの一覧を絞る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="62"/>
        <source>wants eyes, nobody has decided</source>
        <translation>確認待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="63"/>
        <source>a person has had a say</source>
        <translation>確認済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="64"/>
        <source>the machine has no answer</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="65"/>
        <source>surely a defect to the machine</source>
        <translation>機械判定が明確に不良</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="66"/>
        <source>near the limit</source>
        <translation>境界</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="67"/>
        <source>never seen</source>
        <translation>未知</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="68"/>
        <source>passed unseen</source>
        <translation>自動合格</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="69"/>
        <source>drawn for the audit</source>
        <translation>抜き取り対象</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="70"/>
        <source>a person agreed</source>
        <translation>人が確定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="71"/>
        <source>a person gave another class</source>
        <translation>人がクラス変更</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="72"/>
        <source>set aside</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="73"/>
        <source>taken out</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="74"/>
        <source>waits for a second person</source>
        <translation>二人目の確認待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="75"/>
        <source>the second person agreed</source>
        <translation>二人目と一致</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="76"/>
        <source>two people disagree</source>
        <translation>裁定待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="77"/>
        <source>settled by an engineer</source>
        <translation>裁定済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="78"/>
        <source>given back by an engineer</source>
        <translation>差し戻し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="79"/>
        <source>not judged yet</source>
        <translation>未判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="85"/>
        <source>inner third of the area</source>
        <translation>中央（面積の 1/3）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="86"/>
        <source>middle third</source>
        <translation>中間（面積の 1/3）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="87"/>
        <source>outer third</source>
        <translation>外周（面積の 1/3）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="88"/>
        <source>upper left quarter</source>
        <translation>左上</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="89"/>
        <source>upper right quarter</source>
        <translation>右上</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="90"/>
        <source>lower left quarter</source>
        <translation>左下</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="91"/>
        <source>lower right quarter</source>
        <translation>右下</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="92"/>
        <source>upper half</source>
        <translation>上半分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="93"/>
        <source>lower half</source>
        <translation>下半分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="94"/>
        <source>left half</source>
        <translation>左半分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="95"/>
        <source>right half</source>
        <translation>右半分</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <location filename="../../inspector/station/panels/queue_panel.py" line="47"/>
        <location filename="../../inspector/station/panels/queue_panel.py" line="66"/>
        <source>Queues</source>
        <translation>一覧</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/queue_panel.py" line="97"/>
        <source>Go on to the lot&apos;s next wafer</source>
        <translation>ロットの次のウェハへ続ける</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/queue_panel.py" line="98"/>
        <source>At the end of a queue, open the next wafer on which it still has chips.</source>
        <translation>一覧が終わったら、残りがある次のウェハを開きます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/queue_panel.py" line="129"/>
        <source>Order: {order}</source>
        <translation>並び順：{order}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/queue_panel.py" line="143"/>
        <source>{found} of {offered} fit the search line.</source>
        <translation>{offered} 個中 {found} 個が検索条件に合います。</translation>
    </message>
</context>
<context>
    <name>Repeaters</name>
    <message>
        <location filename="../../inspector/station/chip/repeaters.py" line="33"/>
        <source>Wafers of this lot that are judged or decided on this place, this one included</source>
        <translation>このロットで同じ位置が判定または確認済みのウェハ（このウェハを含む）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/repeaters.py" line="35"/>
        <source>Chips of this row of the wafer whose standing answer is a defect</source>
        <translation>この行で現在の答えが不良のチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/repeaters.py" line="69"/>
        <source>Defect here on {count} of {all} wafers</source>
        <translation>この位置の不良：{all} 枚中 {count} 枚</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/repeaters.py" line="79"/>
        <source>Row {row}: {count} defects</source>
        <translation>行 {row}：不良 {count} 個</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/repeaters.py" line="79"/>
        <source>Row {row}: 1 defect</source>
        <translation>行 {row}：不良 1 個</translation>
    </message>
</context>
<context>
    <name>RetrainPanel</name>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="50"/>
        <source> min</source>
        <translation> 分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="51"/>
        <source>Begin with the model in use</source>
        <translation>使用中のモデルから始める</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="55"/>
        <source>Train</source>
        <translation>学習する</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="56"/>
        <source>Go on with the last one</source>
        <translation>前回の続き</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="57"/>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="59"/>
        <source>Look at it under Models</source>
        <translation>モデル画面で見る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="91"/>
        <source>none; else a folder of labelled chips</source>
        <translation>なし／ラベル付きチップのフォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="92"/>
        <source>none; else a folder of other lots</source>
        <translation>なし／別ロットのフォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="99"/>
        <source>Train a model</source>
        <translation>モデルの学習</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="103"/>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="105"/>
        <source>Learn also from</source>
        <translation>追加データ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="106"/>
        <source>Calibrate on</source>
        <translation>校正データ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="129"/>
        <source>Choose…</source>
        <translation>選ぶ…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="149"/>
        <source>Your role may not train models: ask an engineer.</source>
        <translation>この権限では学習できません。技術者に頼んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="151"/>
        <source>Export first: a model learns from a finished export.</source>
        <translation>先に書き出してください。モデルは書き出したデータから学習します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="186"/>
        <source>Remove checkpoints ({size})</source>
        <translation>チェックポイントを削除（{size}）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="188"/>
        <source>What trainings need to be gone on with: without it, none can be. Their models stay.</source>
        <translation>学習の再開に必要なデータです。削除すると再開できません。できたモデルは残ります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="200"/>
        <source>Keeps the best so far and compares it. Once more leaves the comparison out.</source>
        <translation>最良のものを残して比較します。もう一度押すと比較を省きます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="222"/>
        <source>Choose a folder</source>
        <translation>フォルダーを選ぶ</translation>
    </message>
</context>
<context>
    <name>Retraining</name>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="238"/>
        <source>Starting</source>
        <translation>開始中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="239"/>
        <source>Reading chips</source>
        <translation>チップの読み込み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="240"/>
        <source>Learning</source>
        <translation>学習中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="241"/>
        <source>Calibrating</source>
        <translation>校正中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="242"/>
        <source>Learning what is known</source>
        <translation>既知の範囲を学習中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="243"/>
        <source>Comparing with the model in use</source>
        <translation>使用中のモデルと比較中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="244"/>
        <source>Stopping: the best so far is kept</source>
        <translation>停止中（最良のものを残します）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/export/retrain_panel.py" line="247"/>
        <source>Keeping lots back to check with</source>
        <translation>確認用ロットを取り分け中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/retraining.py" line="217"/>
        <source>Stopped before anything was learned: nothing is kept.</source>
        <translation>学習前に停止したため、残すものはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/retraining.py" line="220"/>
        <source>What trainings had left is removed; their models stay.</source>
        <translation>学習の残りデータを削除しました。できたモデルは残っています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/retraining.py" line="223"/>
        <source>The training ended by itself and goes on where it was written down last.</source>
        <translation>学習が異常終了しましたが、最後の保存から続けます。</translation>
    </message>
</context>
<context>
    <name>ReturnLine</name>
    <message>
        <location filename="../../inspector/station/people/return_line.py" line="23"/>
        <source>Why it goes back (R)</source>
        <translation>差し戻す理由 (R)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/return_line.py" line="24"/>
        <source>Reason for returning the chip</source>
        <translation>チップを差し戻す理由</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/return_line.py" line="27"/>
        <source>Return</source>
        <translation>差し戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/return_line.py" line="38"/>
        <source>Return to {name}</source>
        <translation>{name} に差し戻す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/return_line.py" line="54"/>
        <source>Write a reason first.</source>
        <translation>先に理由を書いてください。</translation>
    </message>
</context>
<context>
    <name>SaveGrid</name>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="43"/>
        <source>Grid into a recipe</source>
        <translation>グリッドをレシピに入れる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="53"/>
        <source>The grid as a recipe has it</source>
        <translation>レシピに書かれるグリッド</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="56"/>
        <source>Recipe</source>
        <translation>レシピ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="61"/>
        <source>Another recipe file…</source>
        <translation>別のレシピファイル…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="62"/>
        <source>New recipe…</source>
        <translation>新しいレシピ…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="63"/>
        <source>Into this recipe</source>
        <translation>このレシピに入れる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="64"/>
        <source>Judge the image with it…</source>
        <translation>このレシピで画像を判定…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="65"/>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="85"/>
        <source>Everything else from</source>
        <translation>ほかの内容の元</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="135"/>
        <source>Written: {columns} × {rows} chips in {file}</source>
        <translation>書き込みました: {file}（{columns} × {rows} チップ）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="138"/>
        <source>As it was before, it lies in {file}.</source>
        <translation>以前の内容は {file} に残っています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="141"/>
        <source>The model sees each chip at {width} × {height} pixels, as [model] input says.</source>
        <translation>モデルは各チップを {width} × {height} 画素で見ます（[model] の input）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="161"/>
        <source>Shipped recipes stay as they are: make a new one.</source>
        <translation>付属のレシピは変更できません。新しいレシピを作ってください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="168"/>
        <source>Recipes (*.toml)</source>
        <translation>レシピ (*.toml)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/grid/save_grid.py" line="167"/>
        <source>New recipe</source>
        <translation>新しいレシピ</translation>
    </message>
</context>
<context>
    <name>SecondReviewPage</name>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="49"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="50"/>
        <source>Later</source>
        <translation>後で</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="55"/>
        <source>Second review</source>
        <translation>再確認（二人目）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="147"/>
        <source>Nothing is proposed here: answer with the key of a class.</source>
        <translation>ここに提案はありません。クラスのキーで答えてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="190"/>
        <source>You are unsure too: an engineer decides</source>
        <translation>あなたも判断できないとき：技術者が決めます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="191"/>
        <source>Look at the next one; this one goes on waiting</source>
        <translation>次のチップへ。このチップは待ち続けます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="193"/>
        <source>{place} of {count} that wait</source>
        <translation>待ち {count} 件中 {place} 件目</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="195"/>
        <source>Chips on which somebody else decided and which want a second person</source>
        <translation>別の担当者が判断し、二人目の確認を待つチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="198"/>
        <source>You see the chip alone. What was answered before, and what the machine proposed, stays hidden.</source>
        <translation>チップだけが見えます。前の判断も機械の提案も表示しません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="202"/>
        <source>{lot} · {wafer} · chip {column} / {row}</source>
        <translation>{lot} · {wafer} · チップ {column} / {row}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="209"/>
        <source>Looking …</source>
        <translation>探しています…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="212"/>
        <source>Nothing waits for a second person</source>
        <translation>二人目の確認を待つチップはありません</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/second_review_page.py" line="214"/>
        <source>Here come the chips that another person changed from defect to good, and those that another person was unsure about, as the recipe says. Your own answers never come to you.</source>
        <translation>別の担当者が不良から良品に変えたチップと、保留にしたチップが、レシピに従ってここに来ます。自分の判断は自分には来ません。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <location filename="../../inspector/station/state/session.py" line="71"/>
        <location filename="../../inspector/station/state/session.py" line="224"/>
        <source>There is no answer to confirm here: choose a class.</source>
        <translation>確定できる回答がありません。クラスを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/session.py" line="188"/>
        <source>Somebody has moved the grid of this wafer: it is shown as it lies now.</source>
        <translation>このウェハのグリッドが別の端末で修正されました。現在の位置で表示しています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/grid_step.py" line="33"/>
        <source>Grid of {wafer} moved</source>
        <translation>{wafer} のグリッドを移動</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/grid_step.py" line="47"/>
        <source>The grid is moved; chips that moved are judged again.</source>
        <translation>グリッドを移動しました。移動したチップは判定し直します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/grid_step.py" line="48"/>
        <location filename="../../inspector/station/state/session.py" line="196"/>
        <source>Redone: {what}</source>
        <translation>やり直しました: {what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/grid_step.py" line="54"/>
        <location filename="../../inspector/station/state/session.py" line="204"/>
        <source>Undone: {what}</source>
        <translation>元に戻しました: {what}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/grid_step.py" line="61"/>
        <source>The grid of {wafer} has been moved by somebody else since.</source>
        <translation>{wafer} のグリッドは、その後ほかの人が移動しました。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="24"/>
        <source>unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="26"/>
        <source>excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="32"/>
        <source>, marked at {x} / {y}</source>
        <translation>、位置 {x} / {y}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="36"/>
        <source>{count} chips: {answer}</source>
        <translation>{count} チップ: {answer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="39"/>
        <source>Chip {column} / {row}: {answer}</source>
        <translation>チップ {column} / {row}: {answer}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/past_steps.py" line="111"/>
        <source>{count} chips, decided together</source>
        <translation>{count} チップをまとめて確認</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="98"/>
        <source>Change the language</source>
        <translation>言語を切り替えます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="126"/>
        <source>The station is locked</source>
        <translation>ロック中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="127"/>
        <source>{name} is signed in. Somebody else may take over.</source>
        <translation>{name} がサインイン中です。ほかの人が交代できます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="129"/>
        <source>Who is working?</source>
        <translation>作業するのは誰ですか</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="130"/>
        <source>Touch your name, then enter your PIN.</source>
        <translation>名前に触れて、PIN を入力してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="143"/>
        <source>Choose your name</source>
        <translation>名前を選んでください</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/sign_in_page.py" line="155"/>
        <source>Checking …</source>
        <translation>確認しています…</translation>
    </message>
</context>
<context>
    <name>StationRules</name>
    <message>
        <location filename="../../inspector/station/people/station_rules.py" line="24"/>
        <source>never</source>
        <translation>しない</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/station_rules.py" line="25"/>
        <source> min</source>
        <translation> 分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/station_rules.py" line="29"/>
        <location filename="../../inspector/station/people/station_rules.py" line="38"/>
        <source>Lock the station after</source>
        <translation>自動ロック</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/station_rules.py" line="31"/>
        <source>The second review hides lot, wafer and chip names</source>
        <translation>再確認ではロット・ウェハ・チップの名前を隠す</translation>
    </message>
    <message>
        <location filename="../../inspector/station/people/station_rules.py" line="40"/>
        <source>without a key or a touch</source>
        <translation>操作がないとき</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <location filename="../../inspector/station/panels/notices.py" line="114"/>
        <source>Enter confirms  ·  digits relabel  ·  ← → only look  ·  H heat  ·  ? all keys</source>
        <translation>Enter 確定  ·  数字 クラス変更  ·  ← → 移動のみ  ·  H ヒートマップ  ·  ? キー一覧</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="51"/>
        <source>What the machine judges on</source>
        <translation>機械判定に使う装置</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="90"/>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="93"/>
        <source>Leave this page (Esc)</source>
        <translation>この画面を閉じる (Esc)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="103"/>
        <source>Change the language</source>
        <translation>言語を切り替える</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="113"/>
        <location filename="../../inspector/station/panels/top_bar.py" line="114"/>
        <source>Operator</source>
        <translation>作業者</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="115"/>
        <source>Your name: it signs every decision</source>
        <translation>お名前。すべての判断に記録されます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="134"/>
        <source>Wafer Inspector</source>
        <translation>ウェハ検査ステーション</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/top_bar.py" line="135"/>
        <source>Lot and wafer</source>
        <translation>ロットとウェハ</translation>
    </message>
</context>
<context>
    <name>Tour</name>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="73"/>
        <source>End the tour</source>
        <translation>案内を終了</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="74"/>
        <source>Esc ends the tour</source>
        <translation>Esc で案内を終了</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="75"/>
        <source>Back</source>
        <translation>戻る</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="76"/>
        <location filename="../../inspector/station/tour/tour.py" line="157"/>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="154"/>
        <source>{place} of {count}  ·  Enter: begin</source>
        <translation>{place} / {count}  ·  Enter：始める</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="153"/>
        <source>{place} of {count}  ·  Enter: next</source>
        <translation>{place} / {count}  ·  Enter：次へ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/tour.py" line="157"/>
        <source>Begin</source>
        <translation>始める</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="27"/>
        <source>What wants your eyes</source>
        <translation>確認が必要なチップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="28"/>
        <source>The machine has judged every chip. These queues hold what you are asked to look at.</source>
        <translation>すべてのチップを機械が判定しました。確認が必要なチップは、この一覧にあります。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="35"/>
        <source>One chip at a time</source>
        <translation>1 チップずつ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="36"/>
        <source>This is the chip in question, in full. Hold H to look at it without the heat map, or tap H.</source>
        <translation>これが確認するチップの全体です。H を長押しするか 1 回押すと、ヒートマップなしで見られます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="42"/>
        <source>One key is an answer</source>
        <translation>キー 1 つで回答</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="43"/>
        <source>After the tour, Enter says: the machine is right. A digit gives another class. U: you are unsure.</source>
        <translation>案内のあとは、Enter：機械の判定どおり。数字：別のクラス。U：保留。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="50"/>
        <source>Nothing is lost, and everything can be undone</source>
        <translation>何も失われず、すべて元に戻せます</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="51"/>
        <source>Each answer is on disk at once. Ctrl+Z takes it back and shows the chip again, tomorrow too.</source>
        <translation>回答はすぐにディスクへ書き込まれます。Ctrl+Z で取り消し、そのチップに戻ります。再起動のあとでも使えます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="57"/>
        <source>Where it lies on the wafer</source>
        <translation>ウェハ上の位置</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="58"/>
        <source>Click a chip to look at it; M makes the wafer large, G shows all chips as a gallery.</source>
        <translation>クリックしたチップを表示します。M でウェハを大きく表示し、G で全チップをギャラリーに並べます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="64"/>
        <source>You know enough to begin</source>
        <translation>準備ができました</translation>
    </message>
    <message>
        <location filename="../../inspector/station/tour/steps.py" line="65"/>
        <source>Answer on the chip in sight. ? shows all keys, Ctrl+K finds any action, F1 is the guide.</source>
        <translation>表示中のチップを判断してください。? でキー一覧、Ctrl+K で操作の検索、F1 でガイドを開きます。</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <location filename="../../inspector/station/map/turning.py" line="52"/>
        <source>View upright.</source>
        <translation>表示は正立です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/turning.py" line="50"/>
        <source>View turned by {degrees}°: chips keep their names.</source>
        <translation>表示を {degrees}° 回転しました。チップの名前は変わりません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/turning.py" line="48"/>
        <source>View mirrored and turned by {degrees}°: chips keep their names.</source>
        <translation>表示を反転し {degrees}° 回転しました。チップの名前は変わりません。</translation>
    </message>
</context>
<context>
    <name>Uncaught</name>
    <message>
        <location filename="../../inspector/station/uncaught.py" line="32"/>
        <source>The station met an error it did not expect ({error}). What you decided is kept.</source>
        <translation>予期しないエラーが起きました（{error}）。これまでの判断は保存されています。</translation>
    </message>
</context>
<context>
    <name>UndoStack</name>
    <message>
        <location filename="../../inspector/station/state/undo.py" line="155"/>
        <source>{why} This step is left out; press again for the one beyond it.</source>
        <translation>{why} この操作は飛ばしました。もう一度押すと次の操作に進みます。</translation>
    </message>
</context>
<context>
    <name>WaferMap</name>
    <message>
        <location filename="../../inspector/station/map/wafer_map.py" line="209"/>
        <source>Wafer map</source>
        <translation>ウェハマップ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/wafer_map.py" line="211"/>
        <source>Drag to move, wheel or + and - to zoom, F to see the whole wafer; click a chip to look at it.</source>
        <translation>ドラッグで移動、ホイールまたは + と - で拡大・縮小、F で全体表示。クリックでチップを表示します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/map/wafer_map.py" line="225"/>
        <source>No wafer is open.</source>
        <translation>ウェハが開かれていません。</translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="44"/>
        <source>Hot folder</source>
        <translation>監視フォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="51"/>
        <source>the name of the wafer&apos;s folder</source>
        <translation>ウェハのあるフォルダーの名前</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="52"/>
        <source>none; else such as {wafer}.done</source>
        <translation>なし。使う場合は {wafer}.done など</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="53"/>
        <source>all; else a number (20) or a size (50GB)</source>
        <translation>すべて。または枚数 (20) か容量 (50GB)</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="63"/>
        <source>Wafer</source>
        <translation>ウェハ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="63"/>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="63"/>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="81"/>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="81"/>
        <source>Another recipe file…</source>
        <translation>別のレシピファイル…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="87"/>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="88"/>
        <source>Product</source>
        <translation>製品</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="89"/>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="90"/>
        <source>Done-file</source>
        <translation>完了ファイル</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="91"/>
        <source>Working copies kept</source>
        <translation>残す作業用コピー</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="131"/>
        <source>Choose the hot folder</source>
        <translation>監視フォルダーを選択</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="148"/>
        <source>Working copies kept: write a number of wafers (20) or of gigabytes (50GB), or nothing.</source>
        <translation>残す作業用コピー: ウェハの枚数 (20) か容量 (50GB) を入力するか、空欄にしてください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="163"/>
        <source>Choose a folder that is there.</source>
        <translation>存在するフォルダーを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="165"/>
        <source>Choose the product&apos;s recipe.</source>
        <translation>製品のレシピを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="167"/>
        <source>Watching.</source>
        <translation>監視しています。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="169"/>
        <source>Stop watching</source>
        <translation>監視を停止</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="169"/>
        <source>Watch</source>
        <translation>監視を開始</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="197"/>
        <source>Being written</source>
        <translation>書き込み中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="198"/>
        <source>Waits for its done-file</source>
        <translation>完了ファイル待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="199"/>
        <source>Next</source>
        <translation>次に判定</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="200"/>
        <source>Being judged</source>
        <translation>判定中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="201"/>
        <source>Judged</source>
        <translation>判定済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="202"/>
        <source>Bad</source>
        <translation>不良な画像</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="203"/>
        <source>Copy</source>
        <translation>重複</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="204"/>
        <source>Name taken</source>
        <translation>名前の重複</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="211"/>
        <source>It is tried again when the file changes.</source>
        <translation>ファイルが変わると、もう一度試します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="217"/>
        <source>It has the same pixels as wafer {wafer} of lot {lot}: remove it, or judge it as a wafer of its own with Open image.</source>
        <translation>ロット {lot} のウェハ {wafer} と同じ画像です。取り除くか、「画像を開く」で別のウェハとして判定してください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/watch_panel.py" line="223"/>
        <source>It has other pixels than wafer {wafer} of lot {lot} in the record: give the image another name, or put it into another lot&apos;s folder.</source>
        <translation>記録にあるロット {lot} のウェハ {wafer} とは別の画像です。名前を変えるか、別のロットのフォルダーに入れてください。</translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message>
        <location filename="../../inspector/station/state/watching.py" line="92"/>
        <source>There is no model for the recipe {recipe}: train one, or choose its folder when opening.</source>
        <translation>レシピ「{recipe}」のモデルがありません。学習するか、画像を開くときにフォルダーを選んでください。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/watching.py" line="144"/>
        <source>The model of {recipe} is gone: activate another one under Models.</source>
        <translation>{recipe} のモデルが見つかりません。モデル画面で別のモデルを有効にしてください。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="27"/>
        <source>Drop a wafer image here, or open the demo lot</source>
        <translation>ウェハ画像をここにドロップするか、デモロットを開いてください</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="35"/>
        <source>Every chip is judged, and the chips that want eyes wait for you: Enter confirms, a digit corrects.</source>
        <translation>すべてのチップを機械が判定し、確認が必要なチップが並びます。Enter で確定、数字キーで訂正します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="52"/>
        <source>The demo lot is made by the command: inspector demo</source>
        <translation>デモロットは次のコマンドで作れます: inspector demo</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="63"/>
        <source>Open image…</source>
        <translation>画像を開く…</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="66"/>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
    <message>
        <location filename="../../inspector/station/panels/welcome.py" line="71"/>
        <source>Open the demo lot</source>
        <translation>デモロットを開く</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <location filename="../../inspector/station/state/words.py" line="61"/>
        <source>The machine has no answer for this chip.</source>
        <translation>このチップには機械の回答がありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="64"/>
        <source>Of 100 chips like this, fewer than 1 is a defect.</source>
        <translation>このようなチップ 100 個のうち、不良は 1 個未満です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="66"/>
        <source>Of 100 chips like this, more than 99 are defects.</source>
        <translation>このようなチップ 100 個のうち、99 個より多くが不良です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="68"/>
        <source>Of 100 chips like this, about 1 is a defect.</source>
        <translation>このようなチップ 100 個のうち、約 1 個が不良です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="69"/>
        <source>Of 100 chips like this, about {count} are defects.</source>
        <translation>このようなチップ 100 個のうち、約 {count} 個が不良です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="76"/>
        <source>Asked because the machine could not decide.</source>
        <translation>確認理由: 機械が判定できませんでした。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="78"/>
        <source>Asked because every defect is looked at.</source>
        <translation>確認理由: 不良はすべて目視で確認します。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="80"/>
        <source>Asked because P(defect) {p} is between {low} and {high}.</source>
        <translation>確認理由: 不良確率 {p} が {low} から {high} の間です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="84"/>
        <source>Asked because it is like nothing the machine has learned from.</source>
        <translation>確認理由: 学習した画像に似たものがありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="101"/>
        <location filename="../../inspector/station/state/words.py" line="95"/>
        <source>Good</source>
        <translation>良品</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/query_words.py" line="102"/>
        <location filename="../../inspector/station/state/words.py" line="96"/>
        <source>Defect</source>
        <translation>不良</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="49"/>
        <source>Bad image</source>
        <translation>画像不良</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="50"/>
        <source>Wafer&apos;s edge</source>
        <translation>ウェハの端</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="51"/>
        <source>Dirt on the optics</source>
        <translation>光学系の汚れ</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="52"/>
        <source>Handling mark</source>
        <translation>取り扱い跡</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="53"/>
        <source>Test structure</source>
        <translation>テストパターン</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="102"/>
        <source>Decided {time}.</source>
        <translation>{time} に確認済み。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="103"/>
        <source>Decided {time}. The machine said {title}.</source>
        <translation>{time} に確認済み。機械判定は「{title}」。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="119"/>
        <source>{hours} h {minutes:02d} min left</source>
        <translation>残り {hours} 時間 {minutes:02d} 分</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="122"/>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>残り {minutes}:{seconds:02d}</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="129"/>
        <source>Starting the engine</source>
        <translation>エンジンを起動中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="130"/>
        <source>Loading the model</source>
        <translation>モデルを読み込み中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="131"/>
        <source>Reading the image</source>
        <translation>画像を読み込み中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="132"/>
        <source>Finding the grid</source>
        <translation>グリッドを検出中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="133"/>
        <source>Judging</source>
        <translation>判定中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="134"/>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="146"/>
        <source>CPU ({machine}, 1 thread)</source>
        <translation>CPU（{machine}、1 スレッド）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/words.py" line="147"/>
        <source>CPU ({machine}, {threads} threads)</source>
        <translation>CPU（{machine}、{threads} スレッド）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="13"/>
        <source>Needs review</source>
        <translation>要確認</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="14"/>
        <source>Defects</source>
        <translation>不良</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="15"/>
        <source>Borderline</source>
        <translation>境界</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="16"/>
        <source>Never seen</source>
        <translation>未知</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="17"/>
        <source>Undecided</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="18"/>
        <source>Audit</source>
        <translation>抜き取り検査</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="19"/>
        <source>Second review</source>
        <translation>再確認（二人目）</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="20"/>
        <source>Disputed</source>
        <translation>裁定待ち</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="21"/>
        <source>Returned</source>
        <translation>差し戻し</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="22"/>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="23"/>
        <source>Decided</source>
        <translation>確認済み</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="24"/>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="33"/>
        <source>Chips that want eyes and that nobody has decided: undecided, defects, borderline, never seen.</source>
        <translation>確認が必要で、まだ人が判断していないチップ（判定不能、不良、境界、未知の順）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="36"/>
        <source>Chips that the machine surely calls a defect and that nobody has decided.</source>
        <translation>機械が明確に不良と判定し、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="39"/>
        <source>Chips near the limit between good and defect that nobody has decided.</source>
        <translation>良品と不良の境界付近で、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="42"/>
        <source>Chips judged good that are like nothing the machine has learned from; nobody has decided them.</source>
        <translation>良品と判定されたが、学習した画像に似たものがなく、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="45"/>
        <source>Chips on which the machine has no answer and that nobody has decided.</source>
        <translation>機械が判定できず、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="48"/>
        <source>A random sample of the chips that were accepted unseen, of every class; nobody has decided them.</source>
        <translation>自動合格のチップからクラスごとに無作為に抜き取り、まだ人が判断していないもの。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="51"/>
        <source>Chips that a person set aside with U for a second look.</source>
        <translation>再確認のため U で保留にしたチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="54"/>
        <source>Chips that a person has decided, in that order.</source>
        <translation>人が判断したチップ（判断した順）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="55"/>
        <source>Every chip of the wafer, row by row.</source>
        <translation>ウェハの全チップ（行ごと）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="61"/>
        <source>Chips that another person decided and that want a second person; your own are not counted.</source>
        <translation>他の人が判断し、二人目の確認を待つチップ（自分の判断は数えません）。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="95"/>
        <source>The most urgent chips first; decided ones in the order of their decisions.</source>
        <translation>急ぐチップが先。確認済みは判断した順。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="64"/>
        <source>Chips on which two people disagree: they wait for an engineer.</source>
        <translation>二人の判断が分かれ、技術者の裁定を待つチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="67"/>
        <source>Chips that an engineer gave back with a reason: they want to be decided anew.</source>
        <translation>技術者が理由を付けて差し戻した、判断し直すチップ。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="76"/>
        <source>No chip of this queue fits the search line.</source>
        <translation>この一覧に検索条件に合うチップがありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="78"/>
        <source>Nothing is waiting here.</source>
        <translation>確認待ちのチップはありません。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="79"/>
        <source>This list is empty.</source>
        <translation>この一覧は空です。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="84"/>
        <source>The queue&apos;s own order</source>
        <translation>一覧の標準順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="85"/>
        <source>Least sure first</source>
        <translation>不確かな順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="86"/>
        <source>As they lie on the wafer</source>
        <translation>ウェハ上の順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="87"/>
        <source>Alike chips together</source>
        <translation>似たチップ順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="88"/>
        <source>By class</source>
        <translation>クラス順</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="98"/>
        <source>Chips on which the machine&apos;s two likeliest classes are nearly equal come first.</source>
        <translation>上位 2 クラスの確率の差が小さいチップが先。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="101"/>
        <source>Row by row, every other row backwards.</source>
        <translation>行ごとに進み、1 行おきに逆向き。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="102"/>
        <source>From the present chip on, each is followed by the one that the machine finds most alike.</source>
        <translation>今のチップから順に、機械が最も似ていると見るチップが続きます。</translation>
    </message>
    <message>
        <location filename="../../inspector/station/state/queue_words.py" line="105"/>
        <source>Defects first, in the order of the recipe&apos;s classes.</source>
        <translation>不良が先。レシピのクラス順。</translation>
    </message>
</context>
<context>
    <name>_Tile</name>
    <message>
        <location filename="../../inspector/station/chip/references.py" line="50"/>
        <source>A person gave this answer. Click, or B: see it in the chip&apos;s place</source>
        <translation>人が確認した答えです。クリックまたは B でチップの位置に表示</translation>
    </message>
    <message>
        <location filename="../../inspector/station/chip/references.py" line="119"/>
        <source>No chip of this product is confirmed as {title} yet: confirm one, and it stands here.</source>
        <translation>この製品で「{title}」と確認されたチップはまだありません。確認するとここに表示されます。</translation>
    </message>
</context>
</TS>
