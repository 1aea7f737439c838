<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>Actions</name>
    <message>
        <source>Evidence: judged class or any defect</source>
        <translation>根拠の切替（判定クラス／不良全体）</translation>
    </message>
    <message>
        <source>Open image…</source>
        <translation>画像を開く…</translation>
    </message>
    <message>
        <source>Export answers…</source>
        <translation>回答を書き出す…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Confirm and go on</source>
        <translation>確定して次へ</translation>
    </message>
    <message>
        <source>Unsure: look again later</source>
        <translation>保留（あとで再確認）</translation>
    </message>
    <message>
        <source>Exclude the chip</source>
        <translation>チップを除外</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Next chip of the queue</source>
        <translation>次のチップ</translation>
    </message>
    <message>
        <source>Chip before</source>
        <translation>前のチップ</translation>
    </message>
    <message>
        <source>Next wafer</source>
        <translation>次のウェハ</translation>
    </message>
    <message>
        <source>Wafer before</source>
        <translation>前のウェハ</translation>
    </message>
    <message>
        <source>Heat map (hold to peek)</source>
        <translation>ヒートマップ（長押しで一時切替）</translation>
    </message>
    <message>
        <source>Stronger heat map</source>
        <translation>ヒートマップを濃く</translation>
    </message>
    <message>
        <source>Fainter heat map</source>
        <translation>ヒートマップを薄く</translation>
    </message>
    <message>
        <source>Heat on the wafer</source>
        <translation>ウェハ上のヒートマップ</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全画面</translation>
    </message>
    <message>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>キー一覧</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>ファイル(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Decide</source>
        <translation>判断(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>移動(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
</context>
<context>
    <name>AnswerPanel</name>
    <message>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Exclude</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>確定</translation>
    </message>
    <message>
        <source>Set the chip aside for a second look</source>
        <translation>あとで再確認するためチップを保留にします</translation>
    </message>
    <message>
        <source>Leave the chip out: a bad image, or the wafer&apos;s edge</source>
        <translation>画像不良やウェハ端のため、チップを対象から外します</translation>
    </message>
    <message>
        <source>{title} ({verdict})</source>
        <translation>{title}（{verdict}）</translation>
    </message>
    <message>
        <source>Chip {column} / {row}</source>
        <translation>チップ {column} / {row}</translation>
    </message>
    <message>
        <source>Column and row, both counted from 0 at the top left</source>
        <translation>列 / 行（左上を 0 として数えます）</translation>
    </message>
    <message>
        <source>not in “{queue}”</source>
        <translation>「{queue}」の対象外</translation>
    </message>
    <message>
        <source>{place} of {count}, {queue}</source>
        <translation>{queue}  {place} / {count}</translation>
    </message>
    <message>
        <source>Choose a class</source>
        <translation>クラスを選択</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次へ</translation>
    </message>
    <message>
        <source>Confirm {title}</source>
        <translation>「{title}」で確定</translation>
    </message>
    <message>
        <source>The machine has not judged this chip yet.</source>
        <translation>このチップはまだ機械判定されていません。</translation>
    </message>
    <message>
        <source>P(defect) {p}, by the model {model}</source>
        <translation>不良確率 {p}（モデル {model}）</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>ChipLook</name>
    <message>
        <source>Not judged yet</source>
        <translation>未判定</translation>
    </message>
    <message>
        <source>Undecided</source>
        <translation>判定不能</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>machine</source>
        <translation>機械判定</translation>
    </message>
    <message>
        <source>machine, P(defect) {p}</source>
        <translation>機械判定、不良確率 {p}</translation>
    </message>
    <message>
        <source>confirmed by {operator}</source>
        <translation>{operator} が確定</translation>
    </message>
    <message>
        <source>changed by {operator}</source>
        <translation>{operator} が変更</translation>
    </message>
    <message>
        <source>put aside by {operator}</source>
        <translation>{operator} が保留</translation>
    </message>
    <message>
        <source>excluded by {operator}</source>
        <translation>{operator} が除外</translation>
    </message>
    <message>
        <source>chip {column} / {row}</source>
        <translation>チップ {column} / {row}</translation>
    </message>
    <message>
        <source>, P(defect) {p}</source>
        <translation>、不良確率 {p}</translation>
    </message>
</context>
<context>
    <name>ChipView</name>
    <message>
        <source>Heat is hidden</source>
        <translation>ヒートマップは非表示</translation>
    </message>
    <message>
        <source>Heat: evidence for any defect</source>
        <translation>ヒート：不良全体の根拠</translation>
    </message>
    <message>
        <source>Heat: evidence for any defect (judged good)</source>
        <translation>ヒート：不良全体の根拠（良品判定）</translation>
    </message>
    <message>
        <source>Heat: evidence for the judged class, {name}</source>
        <translation>ヒート：判定クラス「{name}」の根拠</translation>
    </message>
    <message>
        <source>Choose a chip on the map or in a queue.</source>
        <translation>マップか一覧からチップを選んでください。</translation>
    </message>
    <message>
        <source>The wafer&apos;s picture is still being read.</source>
        <translation>ウェハ画像を読み込んでいます。</translation>
    </message>
    <message>
        <source>Chip</source>
        <translation>チップ</translation>
    </message>
</context>
<context>
    <name>Dialogs</name>
    <message>
        <source>Open images</source>
        <translation>画像を開く</translation>
    </message>
    <message>
        <source>Images ({patterns})</source>
        <translation>画像 ({patterns})</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export answers</source>
        <translation>回答の書き出し</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>フォルダーを開く</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>書き出す</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <source>Give the folder with its full path.</source>
        <translation>フォルダーを絶対パスで指定してください。</translation>
    </message>
    <message>
        <source>Stopped: the folder is as it was before.</source>
        <translation>中止しました。フォルダーは元のままです。</translation>
    </message>
    <message>
        <source>{count} chips and their manifest are in the folder.</source>
        <translation>{count} チップと一覧表をフォルダーに書き出しました。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>All lots</source>
        <translation>全ロット</translation>
    </message>
    <message>
        <source>{count} confirmed or changed chips</source>
        <translation>確定または変更済み {count} チップ</translation>
    </message>
    <message>
        <source>Nobody has answered yet: confirm or change some chips first.</source>
        <translation>まだ回答がありません。先にチップを確定または変更してください。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
</context>
<context>
    <name>Filmstrip</name>
    <message>
        <source>Filmstrip of the queue</source>
        <translation>一覧のフィルムストリップ</translation>
    </message>
</context>
<context>
    <name>HeatControls</name>
    <message>
        <source>Heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <source>Show where the evidence lies (H, or hold H to peek)</source>
        <translation>判定の根拠の位置を表示（H、長押しで一時切替）</translation>
    </message>
    <message>
        <source>Judged class</source>
        <translation>判定クラス</translation>
    </message>
    <message>
        <source>Evidence for the class that the machine judged; on a chip judged good, for any defect (E)</source>
        <translation>機械が判定したクラスの根拠。良品判定のチップでは不良全体の根拠（E）</translation>
    </message>
    <message>
        <source>Any defect</source>
        <translation>不良全体</translation>
    </message>
    <message>
        <source>The strongest evidence for any of the defect classes (E)</source>
        <translation>いずれかの不良クラスに対する最も強い根拠（E）</translation>
    </message>
    <message>
        <source>Opacity of the heat</source>
        <translation>ヒートマップの濃さ</translation>
    </message>
</context>
<context>
    <name>HeatScale</name>
    <message>
        <source>hot</source>
        <translation>強</translation>
    </message>
    <message>
        <source>cold</source>
        <translation>弱</translation>
    </message>
    <message>
        <source>Heat scale</source>
        <translation>ヒートマップの目盛り</translation>
    </message>
    <message>
        <source>Evidence on the model&apos;s fixed scale: the same colours mean the same for every chip.</source>
        <translation>モデル固有の固定目盛りです。同じ色はどのチップでも同じ強さを表します。</translation>
    </message>
    <message>
        <source>It runs from {low} to {high} in the model&apos;s own units.</source>
        <translation>範囲はモデル固有の単位で {low} から {high} です。</translation>
    </message>
</context>
<context>
    <name>HelpViewer</name>
    <message>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
</context>
<context>
    <name>JobBar</name>
    <message>
        <source>Progress</source>
        <translation>進み具合</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop judging after the present step; what is judged stays</source>
        <translation>現在の処理のあとで停止します。判定済みの結果は残ります</translation>
    </message>
    <message>
        <source>{judged} of {chips} judged</source>
        <translation>判定 {judged} / {chips}</translation>
    </message>
    <message>
        <source>{count} more waiting</source>
        <translation>待ち {count} 件</translation>
    </message>
    <message>
        <source>{judged} of {chips} judged, {decided} decided</source>
        <translation>判定 {judged} / {chips}、確認済み {decided}</translation>
    </message>
</context>
<context>
    <name>Judging</name>
    <message>
        <source>The engine ended by itself and goes on where it stopped; nothing that was judged is lost.</source>
        <translation>判定エンジンが異常終了しましたが、続きから再開します。判定済みの結果は失われていません。</translation>
    </message>
    <message>
        <source>The engine ended by itself; it starts again with the next image.</source>
        <translation>判定エンジンが異常終了しました。次の画像で再び起動します。</translation>
    </message>
    <message>
        <source>Wafer {wafer} of lot {lot} is in the record with another image than {file}: open it under another lot name.</source>
        <translation>ロット {lot} のウェハ {wafer} は {file} とは別の画像で記録されています。別のロット名で開いてください。</translation>
    </message>
    <message>
        <source>Wafer {wafer} of lot {lot} is in the record with another recipe: give another lot or wafer name.</source>
        <translation>ロット {lot} のウェハ {wafer} は別のレシピで記録されています。別のロット名またはウェハ名を付けてください。</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>All keys</source>
        <translation>キー一覧</translation>
    </message>
    <message>
        <source>Give a class and go on</source>
        <translation>クラスを付けて次へ</translation>
    </message>
    <message>
        <source>Wafer</source>
        <translation>ウェハ</translation>
    </message>
    <message>
        <source>Zoom (or the wheel)</source>
        <translation>拡大・縮小（またはホイール）</translation>
    </message>
    <message>
        <source>Whole wafer</source>
        <translation>ウェハ全体</translation>
    </message>
</context>
<context>
    <name>LotsPanel</name>
    <message>
        <source>Wafers</source>
        <translation>ウェハ</translation>
    </message>
    <message>
        <source>Lot {lot}</source>
        <translation>ロット {lot}</translation>
    </message>
    <message>
        <source>{judged} of {chips} chips judged, {decided} decided by a person</source>
        <translation>{chips} チップ中 {judged} を機械判定、{decided} を人が確認</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Look: as the system</source>
        <translation>外観: システムに合わせる</translation>
    </message>
    <message>
        <source>Look: light</source>
        <translation>外観: ライト</translation>
    </message>
    <message>
        <source>Look: dark</source>
        <translation>外観: ダーク</translation>
    </message>
    <message>
        <source>Wafer Inspector</source>
        <translation>ウェハ検査ステーション</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Heat map {percent} %</source>
        <translation>ヒートマップの濃さ {percent} %</translation>
    </message>
    <message>
        <source>There is no image among the dropped files: drop PNG, JPEG or TIFF.</source>
        <translation>ドロップされたファイルに画像がありません。PNG、JPEG、TIFF をドロップしてください。</translation>
    </message>
</context>
<context>
    <name>OpenDialog</name>
    <message>
        <source>Judge images</source>
        <translation>画像の判定</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>判定する</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>画像</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>製品</translation>
    </message>
    <message>
        <source>Lot</source>
        <translation>ロット</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>モデル</translation>
    </message>
    <message>
        <source>Another recipe file…</source>
        <translation>別のレシピファイル…</translation>
    </message>
    <message>
        <source>Choose a recipe</source>
        <translation>レシピを選択</translation>
    </message>
    <message>
        <source>Recipes (*.toml)</source>
        <translation>レシピ (*.toml)</translation>
    </message>
    <message>
        <source>Choose a model&apos;s folder</source>
        <translation>モデルのフォルダーを選択</translation>
    </message>
    <message>
        <source>none</source>
        <translation>なし</translation>
    </message>
    <message>
        <source>Choose the product&apos;s recipe.</source>
        <translation>製品のレシピを選んでください。</translation>
    </message>
    <message>
        <source>There is no model for this product: train one, or choose its folder.</source>
        <translation>この製品のモデルがありません。学習するか、フォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Enter the lot&apos;s name.</source>
        <translation>ロット名を入力してください。</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queues</source>
        <translation>一覧</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Wafer {wafer} of lot {lot} is not in the record.</source>
        <translation>ロット {lot} のウェハ {wafer} は記録にありません。</translation>
    </message>
    <message>
        <source>There is no answer to confirm here: choose a class.</source>
        <translation>確定できる回答がありません。クラスを選んでください。</translation>
    </message>
    <message>
        <source>There is no model for the recipe {recipe}: train one, or choose its folder when opening.</source>
        <translation>レシピ「{recipe}」のモデルがありません。学習するか、画像を開くときにフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Redone: {what}</source>
        <translation>やり直しました: {what}</translation>
    </message>
    <message>
        <source>Undone: {what}</source>
        <translation>元に戻しました: {what}</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>excluded</source>
        <translation>除外</translation>
    </message>
    <message>
        <source>{count} chips: {answer}</source>
        <translation>{count} チップ: {answer}</translation>
    </message>
    <message>
        <source>Chip {column} / {row}: {answer}</source>
        <translation>チップ {column} / {row}: {answer}</translation>
    </message>
    <message>
        <source>That was the last chip of this queue.</source>
        <translation>この一覧の最後のチップでした。</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Enter confirms  ·  digits relabel  ·  ← → only look  ·  H heat  ·  ? all keys</source>
        <translation>Enter 確定  ·  数字 クラス変更  ·  ← → 移動のみ  ·  H ヒートマップ  ·  ? キー一覧</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>What the machine judges on</source>
        <translation>機械判定に使う装置</translation>
    </message>
    <message>
        <source>Change the language</source>
        <translation>言語を切り替える</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>作業者</translation>
    </message>
    <message>
        <source>Your name: it signs every decision</source>
        <translation>お名前。すべての判断に記録されます</translation>
    </message>
    <message>
        <source>Wafer Inspector</source>
        <translation>ウェハ検査ステーション</translation>
    </message>
    <message>
        <source>Lot and wafer</source>
        <translation>ロットとウェハ</translation>
    </message>
</context>
<context>
    <name>Uncaught</name>
    <message>
        <source>The station met an error it did not expect ({error}). What you decided is kept.</source>
        <translation>予期しないエラーが起きました（{error}）。これまでの判断は保存されています。</translation>
    </message>
</context>
<context>
    <name>WaferMap</name>
    <message>
        <source>Wafer map</source>
        <translation>ウェハマップ</translation>
    </message>
    <message>
        <source>Drag to move, wheel or + and - to zoom, F to see the whole wafer; click a chip to look at it.</source>
        <translation>ドラッグで移動、ホイールまたは + と - で拡大・縮小、F で全体表示。クリックでチップを表示します。</translation>
    </message>
    <message>
        <source>No wafer is open.</source>
        <translation>ウェハが開かれていません。</translation>
    </message>
</context>
<context>
    <name>Welcome</name>
    <message>
        <source>Drop a wafer image here, or open the demo lot</source>
        <translation>ウェハ画像をここにドロップするか、デモロットを開いてください</translation>
    </message>
    <message>
        <source>Every chip is judged, and the chips that want eyes wait for you: Enter confirms, a digit corrects.</source>
        <translation>すべてのチップを機械が判定し、確認が必要なチップが並びます。Enter で確定、数字キーで訂正します。</translation>
    </message>
    <message>
        <source>The demo lot is made by the command: inspector demo</source>
        <translation>デモロットは次のコマンドで作れます: inspector demo</translation>
    </message>
    <message>
        <source>Open image…</source>
        <translation>画像を開く…</translation>
    </message>
    <message>
        <source>Operator&apos;s guide</source>
        <translation>操作ガイド</translation>
    </message>
    <message>
        <source>Open the demo lot</source>
        <translation>デモロットを開く</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The machine has no answer for this chip.</source>
        <translation>このチップには機械の回答がありません。</translation>
    </message>
    <message>
        <source>Of 100 chips like this, fewer than 1 is a defect.</source>
        <translation>このようなチップ 100 個のうち、不良は 1 個未満です。</translation>
    </message>
    <message>
        <source>Of 100 chips like this, more than 99 are defects.</source>
        <translation>このようなチップ 100 個のうち、99 個より多くが不良です。</translation>
    </message>
    <message>
        <source>Of 100 chips like this, about 1 is a defect.</source>
        <translation>このようなチップ 100 個のうち、約 1 個が不良です。</translation>
    </message>
    <message>
        <source>Of 100 chips like this, about {count} are defects.</source>
        <translation>このようなチップ 100 個のうち、約 {count} 個が不良です。</translation>
    </message>
    <message>
        <source>Asked because the machine could not decide.</source>
        <translation>確認理由: 機械が判定できませんでした。</translation>
    </message>
    <message>
        <source>Asked because every defect is looked at.</source>
        <translation>確認理由: 不良はすべて目視で確認します。</translation>
    </message>
    <message>
        <source>Asked because P(defect) {p} is between {low} and {high}.</source>
        <translation>確認理由: 不良確率 {p} が {low} から {high} の間です。</translation>
    </message>
    <message>
        <source>Asked because it is like nothing the machine has learned from.</source>
        <translation>確認理由: 学習した画像に似たものがありません。</translation>
    </message>
    <message>
        <source>Good</source>
        <translation>良品</translation>
    </message>
    <message>
        <source>Defect</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>Decided {time}.</source>
        <translation>{time} に確認済み。</translation>
    </message>
    <message>
        <source>Decided {time}. The machine said {title}.</source>
        <translation>{time} に確認済み。機械判定は「{title}」。</translation>
    </message>
    <message>
        <source>{hours} h {minutes:02d} min left</source>
        <translation>残り {hours} 時間 {minutes:02d} 分</translation>
    </message>
    <message>
        <source>{minutes}:{seconds:02d} left</source>
        <translation>残り {minutes}:{seconds:02d}</translation>
    </message>
    <message>
        <source>Starting the engine</source>
        <translation>エンジンを起動中</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>モデルを読み込み中</translation>
    </message>
    <message>
        <source>Reading the image</source>
        <translation>画像を読み込み中</translation>
    </message>
    <message>
        <source>Finding the grid</source>
        <translation>チップの格子を検出中</translation>
    </message>
    <message>
        <source>Judging</source>
        <translation>判定中</translation>
    </message>
    <message>
        <source>Stopping</source>
        <translation>停止中</translation>
    </message>
    <message>
        <source>Needs review</source>
        <translation>要確認</translation>
    </message>
    <message>
        <source>Defects</source>
        <translation>不良</translation>
    </message>
    <message>
        <source>Borderline</source>
        <translation>境界</translation>
    </message>
    <message>
        <source>Never seen</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Decided</source>
        <translation>確認済み</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>すべて</translation>
    </message>
    <message>
        <source>Chips that want eyes and that nobody has decided: undecided, defects, borderline, never seen.</source>
        <translation>確認が必要で、まだ人が判断していないチップ（判定不能、不良、境界、未知の順）。</translation>
    </message>
    <message>
        <source>Chips that the machine surely calls a defect and that nobody has decided.</source>
        <translation>機械が明確に不良と判定し、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <source>Chips near the limit between good and defect that nobody has decided.</source>
        <translation>良品と不良の境界付近で、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <source>Chips judged good that are like nothing the machine has learned from; nobody has decided them.</source>
        <translation>良品と判定されたが、学習した画像に似たものがなく、まだ人が判断していないチップ。</translation>
    </message>
    <message>
        <source>Chips that a person set aside with U for a second look.</source>
        <translation>再確認のため U で保留にしたチップ。</translation>
    </message>
    <message>
        <source>Chips that a person has decided, in that order.</source>
        <translation>人が判断したチップ（判断した順）。</translation>
    </message>
    <message>
        <source>Every chip of the wafer, row by row.</source>
        <translation>ウェハの全チップ（行ごと）。</translation>
    </message>
    <message>
        <source>Nothing is waiting here.</source>
        <translation>確認待ちのチップはありません。</translation>
    </message>
    <message>
        <source>This list is empty.</source>
        <translation>この一覧は空です。</translation>
    </message>
</context>
</TS>
