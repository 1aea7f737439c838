<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja_JP">
<context>
    <name>Actions</name>
    <message>
        <source>&amp;Wafer</source>
        <translation>ウェハ(&amp;W)</translation>
    </message>
    <message>
        <source>Correct grid…</source>
        <translation>グリッドを補正…</translation>
    </message>
    <message>
        <source>Mirror the view</source>
        <translation>表示を左右反転</translation>
    </message>
    <message>
        <source>Turn the view by 90°</source>
        <translation>表示を 90° 回転</translation>
    </message>
    <message>
        <source>Window and level…</source>
        <translation>階調（幅と中心）…</translation>
    </message>
    <message>
        <source>Layers…</source>
        <translation>レイヤー…</translation>
    </message>
    <message>
        <source>Whole wafer</source>
        <translation>ウェハ全体</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Large wafer</source>
        <translation>ウェハを大きく表示</translation>
    </message>
    <message>
        <source>Go to chip…</source>
        <translation>チップへ移動…</translation>
    </message>
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
    <message>
        <source>Hot folder…</source>
        <translation>監視フォルダー…</translation>
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
        <source>Place the grid of {name}…</source>
        <translation>{name} のグリッドを手で合わせる…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>閉じる</translation>
    </message>
</context>
<context>
    <name>ChipLook</name>
    <message>
        <source>Partial: cut by the wafer's edge or the image, so not judged</source>
        <translation>欠けチップ（ウェハまたは画像の端で切れているため判定しません）</translation>
    </message>
    <message>
        <source>Not imaged: a shot is missing here</source>
        <translation>未撮影（ショットが欠けています）</translation>
    </message>
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
        <source>To a chip and back</source>
        <translation>チップを拡大／元に戻す</translation>
    </message>
    <message>
        <source>Double click</source>
        <translation>ダブルクリック</translation>
    </message>
    <message>
        <source>Move the wafer</source>
        <translation>ウェハを動かす</translation>
    </message>
    <message>
        <source>Drag, Shift+arrows</source>
        <translation>ドラッグ、Shift+矢印</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>拡大・縮小</translation>
    </message>
    <message>
        <source>Wheel, pinch</source>
        <translation>ホイール、ピンチ</translation>
    </message>
    <message>
        <source>On the wafer</source>
        <translation>ウェハの上で</translation>
    </message>
    <message>
        <source>All keys</source>
        <translation>キー一覧</translation>
    </message>
    <message>
        <source>Give a class and go on</source>
        <translation>クラスを付けて次へ</translation>
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
        <source>The chip is not in sight: M shows it again.</source>
        <translation>チップが表示されていません。M で表示に戻ります。</translation>
    </message>
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
        <source>The folder holds no wafer of this product: choose another recipe.</source>
        <translation>このフォルダーにはこの製品のウェハがありません。別のレシピを選んでください。</translation>
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
        <source>The grid is moved; chips that moved are judged again.</source>
        <translation>グリッドを移動しました。移動したチップは判定し直します。</translation>
    </message>
    <message>
        <source>The grid is moved, but there is no model to judge the moved chips again.</source>
        <translation>グリッドは移動しましたが、移動したチップを判定し直すモデルがありません。</translation>
    </message>
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
<context>
    <name>ChipName</name>
    <message>
        <source>The recipe expects no chip at {column} / {row}.</source>
        <translation>レシピでは {column} / {row} にチップはありません。</translation>
    </message>
    <message>
        <source>Columns run from 0 to {columns}, rows from 0 to {rows}.</source>
        <translation>列は 0～{columns}、行は 0～{rows} です。</translation>
    </message>
    <message>
        <source>Type column and row: 3/5 or c03 r05.</source>
        <translation>列と行を 3/5 または c03 r05 のように入力してください。</translation>
    </message>
</context>
<context>
    <name>GoToField</name>
    <message>
        <source>column / row, Enter goes, Esc closes</source>
        <translation>列 / 行、Enter で移動、Esc で閉じる</translation>
    </message>
    <message>
        <source>Go to chip</source>
        <translation>チップへ移動</translation>
    </message>
    <message>
        <source>Name of the chip</source>
        <translation>チップの名前</translation>
    </message>
</context>
<context>
    <name>GreyPopup</name>
    <message>
        <source>Window {window}, level {level}</source>
        <translation>幅 {window}、中心 {level}</translation>
    </message>
    <message>
        <source>Window and level are for grey images.</source>
        <translation>階調の調整はグレー画像だけです。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Auto</source>
        <translation>自動</translation>
    </message>
</context>
<context>
    <name>GridCanvas</name>
    <message>
        <source>Wafer with the grid to correct</source>
        <translation>グリッドを補正するウェハ</translation>
    </message>
</context>
<context>
    <name>GridDesk</name>
    <message>
        <source>The wafer's image is not there yet: wait until it has been read.</source>
        <translation>ウェハの画像がまだありません。読み込みが終わるまでお待ちください。</translation>
    </message>
    <message>
        <source>An image of one part has no grid to correct.</source>
        <translation>部品 1 個の画像には補正するグリッドがありません。</translation>
    </message>
</context>
<context>
    <name>GridPage</name>
    <message>
        <source>Apply</source>
        <translation>適用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Chips to judge: {count}</source>
        <translation>判定するチップ：{count}</translation>
    </message>
    <message>
        <source>Shift {dx}, {dy} px · turn {turn}° · scale {sx} × {sy}</source>
        <translation>移動 {dx}, {dy} px ・ 回転 {turn}° ・ 倍率 {sx} × {sy}</translation>
    </message>
    <message>
        <source>This can't be the wafer's grid: begin again.</source>
        <translation>ウェハのグリッドとしてありえません。最初からやり直してください。</translation>
    </message>
    <message>
        <source>The grid is squeezed or turned over.</source>
        <translation>グリッドがつぶれているか、裏返っています。</translation>
    </message>
    <message>
        <source>Drag a corner first.</source>
        <translation>先に角をドラッグしてください。</translation>
    </message>
    <message>
        <source>Drag chip corners onto the picture: the first shifts the grid, the second turns it, the third fits it. 1, 2, 3 choose a corner, arrows move it by 1 px, with Shift by 10.</source>
        <translation>チップの角を画像の角に合わせてドラッグします。1 点目で移動、2 点目で回転、3 点目で全体が合います。1・2・3 で角を選び、矢印キーで 1 px、Shift と一緒に 10 px 動きます。</translation>
    </message>
    <message>
        <source>Correct the grid: {wafer}</source>
        <translation>グリッドを補正：{wafer}</translation>
    </message>
    <message>
        <source>Place the grid: {wafer}</source>
        <translation>グリッドを合わせる：{wafer}</translation>
    </message>
    <message>
        <source>{percent} % read. Then the grid can be placed by hand.</source>
        <translation>{percent} % 読み込みました。終わるとグリッドを手で合わせられます。</translation>
    </message>
    <message>
        <source>Reading {name}</source>
        <translation>{name} を読み込み中</translation>
    </message>
    <message>
        <source>Begin again</source>
        <translation>最初から</translation>
    </message>
</context>
<context>
    <name>Histogram</name>
    <message>
        <source>Grey values of the image</source>
        <translation>画像の明るさの分布</translation>
    </message>
</context>
<context>
    <name>LayersPopup</name>
    <message>
        <source>Opacity: {layer}</source>
        <translation>濃さ：{layer}</translation>
    </message>
    <message>
        <source>Small chips show P(defect), larger ones where the evidence lies</source>
        <translation>小さく見えるチップには不良確率、大きく見えるチップには根拠の場所を表示します</translation>
    </message>
    <message>
        <source>Show heat (Shift+H)</source>
        <translation>ヒートを表示 (Shift+H)</translation>
    </message>
    <message>
        <source>Heat</source>
        <translation>ヒート</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Outlines</source>
        <translation>輪郭</translation>
    </message>
</context>
<context>
    <name>MapLegend</name>
    <message>
        <source>Not imaged: {count}</source>
        <translation>未撮影：{count}</translation>
    </message>
    <message>
        <source>Partial: {count}</source>
        <translation>欠けチップ：{count}</translation>
    </message>
</context>
<context>
    <name>MapTools</name>
    <message>
        <source>Turn the view by 90° (Ctrl+R); chips keep their names</source>
        <translation>表示を 90° 回転 (Ctrl+R)。チップの名前は変わりません</translation>
    </message>
    <message>
        <source>Window and level of grey images (W)</source>
        <translation>グレー画像の階調 (W)</translation>
    </message>
    <message>
        <source>Layers and their opacity (L)</source>
        <translation>レイヤーと濃さ (L)</translation>
    </message>
</context>
<context>
    <name>Turn</name>
    <message>
        <source>View upright.</source>
        <translation>表示は正立です。</translation>
    </message>
    <message>
        <source>View turned by {degrees}°: chips keep their names.</source>
        <translation>表示を {degrees}° 回転しました。チップの名前は変わりません。</translation>
    </message>
    <message>
        <source>View mirrored and turned by {degrees}°: chips keep their names.</source>
        <translation>表示を反転し {degrees}° 回転しました。チップの名前は変わりません。</translation>
    </message>
</context>
<context>
    <name>Watching</name>
    <message>
        <source>There is no model for the recipe {recipe}: train one, or choose its folder when opening.</source>
        <translation>レシピ「{recipe}」のモデルがありません。学習するか、画像を開くときにフォルダーを選んでください。</translation>
    </message>
</context>
<context>
    <name>WatchPanel</name>
    <message>
        <source>Hot folder</source>
        <translation>監視フォルダー</translation>
    </message>
    <message>
        <source>the name of the wafer&apos;s folder</source>
        <translation>ウェハのあるフォルダーの名前</translation>
    </message>
    <message>
        <source>none; else such as {wafer}.done</source>
        <translation>なし。使う場合は {wafer}.done など</translation>
    </message>
    <message>
        <source>all; else a number (20) or a size (50GB)</source>
        <translation>すべて。または枚数 (20) か容量 (50GB)</translation>
    </message>
    <message>
        <source>Wafer</source>
        <translation>ウェハ</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状態</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Choose folder…</source>
        <translation>フォルダーを選択…</translation>
    </message>
    <message>
        <source>Another recipe file…</source>
        <translation>別のレシピファイル…</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
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
        <source>Done-file</source>
        <translation>完了ファイル</translation>
    </message>
    <message>
        <source>Working copies kept</source>
        <translation>残す作業用コピー</translation>
    </message>
    <message>
        <source>Choose the hot folder</source>
        <translation>監視フォルダーを選択</translation>
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
        <source>Working copies kept: write a number of wafers (20) or of gigabytes (50GB), or nothing.</source>
        <translation>残す作業用コピー: ウェハの枚数 (20) か容量 (50GB) を入力するか、空欄にしてください。</translation>
    </message>
    <message>
        <source>Choose a folder that is there.</source>
        <translation>存在するフォルダーを選んでください。</translation>
    </message>
    <message>
        <source>Choose the product&apos;s recipe.</source>
        <translation>製品のレシピを選んでください。</translation>
    </message>
    <message>
        <source>Watching.</source>
        <translation>監視しています。</translation>
    </message>
    <message>
        <source>Stop watching</source>
        <translation>監視を停止</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>監視を開始</translation>
    </message>
    <message>
        <source>Being written</source>
        <translation>書き込み中</translation>
    </message>
    <message>
        <source>Waits for its done-file</source>
        <translation>完了ファイル待ち</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>次に判定</translation>
    </message>
    <message>
        <source>Being judged</source>
        <translation>判定中</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>判定済み</translation>
    </message>
    <message>
        <source>Bad</source>
        <translation>不良な画像</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>重複</translation>
    </message>
    <message>
        <source>Name taken</source>
        <translation>名前の重複</translation>
    </message>
    <message>
        <source>It has the pixels of wafer {wafer} of lot {lot}: remove it, or open it by hand to judge it on its own.</source>
        <translation>ロット {lot} のウェハ {wafer} と同じ画像です。取り除くか、別のウェハとして判定するには手動で開いてください。</translation>
    </message>
    <message>
        <source>Wafer {wafer} of lot {lot} has other pixels: give the image another name, or put it into another folder.</source>
        <translation>ロット {lot} のウェハ {wafer} は別の画像です。この画像の名前を変えるか、別のフォルダーに入れてください。</translation>
    </message>
</context>
</TS>
