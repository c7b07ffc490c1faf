<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Application</name>
    <message>
        <source>Something unexpected went wrong: {0}</source>
        <translation>发生了意料之外的错误：{0}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Show what a bug report should contain.</source>
        <translation>显示问题报告应包含的内容。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the message and its details to the clipboard.</source>
        <translation>把消息和详情复制到剪贴板。</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Close this message.</source>
        <translation>关闭此消息。</translation>
    </message>
    <message>
        <source>Details of the message</source>
        <translation>消息的详情</translation>
    </message>
</context>
<context>
    <name>BuildWorkspace</name>
    <message>
        <source>&lt;p&gt;Parameters are the values that are learned. Operations are the multiplications, or comparisons, that one sample costs on its way through.&lt;/p&gt;</source>
        <translation>&lt;p&gt;参数是要学习的数值。运算量是一个样本通过网络时所需的乘法或比较次数。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>The running network is not changed; press Reset and Train to use this one.</source>
        <translation>正在运行的网络没有改变；要使用这个网络，请先按“重置”，再按“训练”。</translation>
    </message>
    <message>
        <source>1 layer</source>
        <translation>1 层</translation>
    </message>
    <message>
        <source>{} layers</source>
        <translation>{} 层</translation>
    </message>
    <message>
        <source>{} · parameters not known until every layer fits</source>
        <translation>{} · 所有层都匹配之后才能知道参数数量</translation>
    </message>
    <message>
        <source>{0} · {1} parameters · {2} operations per sample</source>
        <translation>{0} · {1} 个参数 · 每个样本 {2} 次运算</translation>
    </message>
    <message>
        <source>Change {0} of {1}</source>
        <translation>更改 {1} 的 {0}</translation>
    </message>
    <message>
        <source>Choose {0}</source>
        <translation>选择 {0}</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Let the network learn from the data. Pause and go on whenever you like.</source>
        <translation>让网络从数据中学习。随时可以暂停，然后继续。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Wait after the current batch. Train goes on from there.</source>
        <translation>当前批次结束后等待。按“训练”从那里继续。</translation>
    </message>
    <message>
        <source>Step one batch</source>
        <translation>训练一个批次</translation>
    </message>
    <message>
        <source>Train a single batch, a small group of samples, and wait: the weights change once.</source>
        <translation>只训练一个批次（一小组样本），然后等待：权重改变一次。</translation>
    </message>
    <message>
        <source>Step one epoch</source>
        <translation>训练一轮</translation>
    </message>
    <message>
        <source>Train until every sample of the data was used once more, and wait.</source>
        <translation>训练到数据中的每个样本都再用过一次，然后等待。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>End this training. What was learned stays and reads your drawings.</source>
        <translation>结束这次训练。学到的内容会保留，并用来识别你的手写。</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Forget what was learned. The next training starts from fresh random weights.</source>
        <translation>忘掉学到的内容。下一次训练从新的随机权重开始。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last change back.</source>
        <translation>撤销上一次更改。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the change again that was taken back.</source>
        <translation>重新进行刚才撤销的更改。</translation>
    </message>
    <message>
        <source>Light or dark</source>
        <translation>浅色或深色</translation>
    </message>
    <message>
        <source>Change between the light and the dark theme.</source>
        <translation>在浅色和深色主题之间切换。</translation>
    </message>
    <message>
        <source>Projector mode</source>
        <translation>投影模式</translation>
    </message>
    <message>
        <source>Large type that the last row of a classroom can read.</source>
        <translation>使用大号字，教室最后一排也能看清。</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Give the whole screen to the window, or take it back.</source>
        <translation>让窗口占满整个屏幕，或恢复原状。</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Show all keyboard shortcuts.</source>
        <translation>显示所有键盘快捷键。</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Step (batches trained)</source>
        <translation>步（已训练的批次数）</translation>
    </message>
    <message>
        <source>Training, step {0}: {1}</source>
        <translation>训练，第 {0} 步：{1}</translation>
    </message>
    <message>
        <source>Training {0}</source>
        <translation>训练 {0}</translation>
    </message>
    <message>
        <source>Validation {0}</source>
        <translation>验证 {0}</translation>
    </message>
</context>
<context>
    <name>DrawWorkspace</name>
    <message>
        <source>How sure it is</source>
        <translation>它有多大把握</translation>
    </message>
    <message>
        <source>What it sees</source>
        <translation>它看到的</translation>
    </message>
    <message>
        <source>From the drawing to the network</source>
        <translation>从手写到网络</translation>
    </message>
    <message>
        <source>Bundled network ({0}), after {1} steps</source>
        <translation>内置网络（{0}），训练了 {1} 步</translation>
    </message>
    <message>
        <source>{0}; {1} cannot read drawings</source>
        <translation>{0}；{1} 不能识别手写</translation>
    </message>
    <message>
        <source>{0}, not trained yet</source>
        <translation>{0}，尚未训练</translation>
    </message>
    <message>
        <source>{0}, {1} steps, still training</source>
        <translation>{0}，{1} 步，仍在训练</translation>
    </message>
    <message>
        <source>{0}, after {1} steps</source>
        <translation>{0}，训练了 {1} 步</translation>
    </message>
</context>
<context>
    <name>DrawingPad</name>
    <message>
        <source>Drawing pad</source>
        <translation>画板</translation>
    </message>
    <message>
        <source>Draw a digit with mouse, pen or finger, or drop a picture of one here.</source>
        <translation>用鼠标、笔或手指写一个数字，或把数字的图片拖到这里。</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>There is no picture on the clipboard: copy one first.</source>
        <translation>剪贴板上没有图片：请先复制一张。</translation>
    </message>
    <message>
        <source>eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>stroke</source>
        <translation>笔画</translation>
    </message>
    <message>
        <source>Draw a digit here</source>
        <translation>在这里写一个数字</translation>
    </message>
    <message>
        <source>or drop a picture of one</source>
        <translation>或拖入一张数字图片</translation>
    </message>
</context>
<context>
    <name>Edge</name>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Not known until the layer above it fits.</source>
        <translation>上面一层匹配之后才能知道。</translation>
    </message>
    <message>
        <source>A vector of {0} values.</source>
        <translation>含 {0} 个值的向量。</translation>
    </message>
    <message>
        <source>A sequence of {0} steps with {1} values each.</source>
        <translation>{0} 步的序列，每步 {1} 个值。</translation>
    </message>
    <message>
        <source>{0} channels of {1} × {2} pixels (channels × height × width): {3} values.</source>
        <translation>{0} 个通道，每个 {1} × {2} 像素（通道 × 高 × 宽）：共 {3} 个值。</translation>
    </message>
</context>
<context>
    <name>LabsWorkspace</name>
    <message>
        <source>Labs</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Short lessons, each on one idea that can be tried out by hand. They are being built and are not part of this version. Draw, Network and Live work today.</source>
        <translation>简短的课程，每课一个可以亲手尝试的概念。它们正在制作中，不包含在这个版本里。现在可以使用“手写”“网络”和“实况”。</translation>
    </message>
    <message>
        <source>Backpropagation, number by number</source>
        <translation>反向传播，逐个数字</translation>
    </message>
    <message>
        <source>A tiny network in which every product and every gradient can be followed, step by step.</source>
        <translation>一个极小的网络，可以一步一步跟踪其中的每个乘积和每个梯度。</translation>
    </message>
    <message>
        <source>Convolution by hand</source>
        <translation>手动卷积</translation>
    </message>
    <message>
        <source>Move a filter over a picture, change its weights, and see the feature map form.</source>
        <translation>在图片上移动滤波器，改变它的权重，看特征图如何形成。</translation>
    </message>
    <message>
        <source>A race of optimisers</source>
        <translation>优化器竞赛</translation>
    </message>
    <message>
        <source>Several optimisers roll down the same surface; change learning rate and momentum.</source>
        <translation>几个优化器在同一个曲面上下降；可以改变学习率和动量。</translation>
    </message>
    <message>
        <source>Restricted Boltzmann machines</source>
        <translation>受限玻尔兹曼机</translation>
    </message>
    <message>
        <source>Damage a digit with the mouse and watch the machine fill in what it expects.</source>
        <translation>用鼠标破坏一个数字，看机器如何补上它所期望的内容。</translation>
    </message>
    <message>
        <source>The memory of an LSTM</source>
        <translation>LSTM 的记忆</translation>
    </message>
    <message>
        <source>See gates open and close along a sequence, and which early step an answer depends on.</source>
        <translation>看门沿着序列打开和关闭，以及答案取决于哪个早先的步骤。</translation>
    </message>
    <message>
        <source>What scaling does to a digit</source>
        <translation>缩放对数字的影响</translation>
    </message>
    <message>
        <source>Move, scale and thicken a drawing and find out where the network begins to misread it.</source>
        <translation>移动、缩放、加粗手写的数字，找出网络从哪里开始认错。</translation>
    </message>
</context>
<context>
    <name>LayerCard</name>
    <message>
        <source>no {}</source>
        <translation>无{}</translation>
    </message>
    <message>
        <source>{} parameters</source>
        <translation>{} 个参数</translation>
    </message>
    <message>
        <source>1 operation</source>
        <translation>1 次运算</translation>
    </message>
    <message>
        <source>{} operations</source>
        <translation>{} 次运算</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>什么都没有</translation>
    </message>
    <message>
        <source>{0} needs {1}, but {2} arrives.</source>
        <translation>{0} 需要 {1}，但输入是 {2}。</translation>
    </message>
</context>
<context>
    <name>LayerStack</name>
    <message>
        <source>Layers from input to output</source>
        <translation>从输入到输出的各层</translation>
    </message>
    <message>
        <source>from {}</source>
        <translation>来自 {}</translation>
    </message>
    <message>
        <source>one per class of {}</source>
        <translation>{} 的每个类别一个</translation>
    </message>
    <message>
        <source>to be compared with the target</source>
        <translation>将与目标值比较</translation>
    </message>
</context>
<context>
    <name>LiveView</name>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>How many of a hundred samples are classified rightly. Validation samples are never trained on.</source>
        <translation>一百个样本中有多少个分类正确。验证样本从不用于训练。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>How wrong the network is: training makes it small. If validation rises while training falls, it overfits.</source>
        <translation>网络错得有多厉害：训练使它变小。如果训练损失下降而验证损失上升，就是过拟合。</translation>
    </message>
</context>
<context>
    <name>Loader</name>
    <message>
        <source>The data could not be loaded: {0}</source>
        <translation>无法载入数据：{0}</translation>
    </message>
</context>
<context>
    <name>Loss</name>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Equal ratios at equal distances: shows what happens when the loss is small.</source>
        <translation>相等的比值对应相等的距离：可以看清损失很小时的变化。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Ready.</source>
        <translation>就绪。</translation>
    </message>
    <message>
        <source>Use {0}</source>
        <translation>使用 {0}</translation>
    </message>
    <message>
        <source>Show the network</source>
        <translation>显示网络</translation>
    </message>
    <message>
        <source>Choose {0}</source>
        <translation>选择 {0}</translation>
    </message>
    <message>
        <source>{0} learns from {1} now.</source>
        <translation>{0} 现在从 {1} 学习。</translation>
    </message>
    <message>
        <source>Done: {0}. The network can be trained.</source>
        <translation>完成：{0}。现在可以训练网络了。</translation>
    </message>
    <message>
        <source>takes {0}</source>
        <translation>接受 {0}</translation>
    </message>
    <message>
        <source>gives {0}</source>
        <translation>给出 {0}</translation>
    </message>
    <message numerus="yes">
        <source>%n value(s)</source>
        <translation>
            <numerusform>%n 个值</numerusform>
        </translation>
    </message>
    <message>
        <source>is trained by {0}</source>
        <translation>用{0}训练</translation>
    </message>
    <message>
        <source>{0} learns from {1} now: it {2}.</source>
        <translation>{0} 现在从 {1} 学习：它{2}。</translation>
    </message>
    <message>
        <source>Taken back: {0}.</source>
        <translation>已撤销：{0}。</translation>
    </message>
    <message>
        <source>Made again: {0}.</source>
        <translation>已重做：{0}。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose folder...</source>
        <translation>选择文件夹...</translation>
    </message>
    <message>
        <source>Use the built-in digits</source>
        <translation>使用内置数字</translation>
    </message>
    <message>
        <source>Folder with the data set&apos;s files</source>
        <translation>数据集文件所在的文件夹</translation>
    </message>
</context>
<context>
    <name>PadTools</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last stroke back.</source>
        <translation>撤销最后一笔。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Draw again what was taken back.</source>
        <translation>重画刚才撤销的笔画。</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>橡皮</translation>
    </message>
    <message>
        <source>Rub out parts of the drawing instead of drawing.</source>
        <translation>擦掉手写的一部分，而不是书写。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Make the pad blank. Undo brings it back.</source>
        <translation>清空画板。可以用“撤销”恢复。</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Read a picture of a digit. You can also drop one on the pad, or paste it with Ctrl+V.</source>
        <translation>读取一张数字图片。也可以把图片拖到画板上，或用 Ctrl+V 粘贴。</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>粘贴</translation>
    </message>
    <message>
        <source>Pen width</source>
        <translation>笔宽</translation>
    </message>
    <message>
        <source>Width of the pen: {0}. It makes no difference to the network: try it.</source>
        <translation>笔的宽度：{0}。它对网络没有影响：试试看。</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Picture of a digit</source>
        <translation>数字图片</translation>
    </message>
</context>
<context>
    <name>PreparationStrip</name>
    <message>
        <source>Preparation</source>
        <translation>预处理</translation>
    </message>
    <message>
        <source>Drawn</source>
        <translation>原图</translation>
    </message>
    <message>
        <source>Cropped</source>
        <translation>裁剪</translation>
    </message>
    <message>
        <source>Scaled</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Centred</source>
        <translation>居中</translation>
    </message>
    <message>
        <source>What is on the pad.</source>
        <translation>画板上的内容。</translation>
    </message>
    <message>
        <source>The empty paper around the ink is cut away: where you draw makes no difference.</source>
        <translation>裁掉墨迹周围的空白：写在哪里没有区别。</translation>
    </message>
    <message>
        <source>The longest side gets the data set&apos;s length and the pen its width: size and pen make no difference.</source>
        <translation>最长边缩放到数据集的长度，笔画缩放到它的粗细：大小和笔宽没有区别。</translation>
    </message>
    <message>
        <source>The ink is moved by whole pixels until its centre of mass is in the middle.</source>
        <translation>把墨迹按整像素移动，直到重心位于中央。</translation>
    </message>
    <message>
        <source>Averaged to the pixels that the network reads.</source>
        <translation>按网络读取的像素取平均。</translation>
    </message>
</context>
<context>
    <name>PresetGallery</name>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Start from a preset</source>
        <translation>从预设开始</translation>
    </message>
</context>
<context>
    <name>ProbabilityBars</name>
    <message>
        <source>Probabilities</source>
        <translation>概率</translation>
    </message>
    <message>
        <source>Nothing drawn yet</source>
        <translation>还没有写任何内容</translation>
    </message>
    <message>
        <source>&lt; {0} %</source>
        <translation>&lt; {0} %</translation>
    </message>
    <message>
        <source>&gt; {0} %</source>
        <translation>&gt; {0} %</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>{0}: nothing drawn yet</source>
        <translation>{0}：还没有写任何内容</translation>
    </message>
    <message>
        <source>{0}: probability {1}</source>
        <translation>{0}：概率 {1}</translation>
    </message>
</context>
<context>
    <name>ProgressArea</name>
    <message>
        <source>Where the training is</source>
        <translation>训练进行到哪里</translation>
    </message>
    <message>
        <source>Speed and time left</source>
        <translation>速度和剩余时间</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Give up loading. What was downloaded so far is kept for the next time.</source>
        <translation>放弃载入。已下载的部分会保留到下次使用。</translation>
    </message>
    <message>
        <source>Loading the data</source>
        <translation>正在载入数据</translation>
    </message>
    <message>
        <source>{0} MB</source>
        <translation>{0} MB</translation>
    </message>
    <message>
        <source>{0} of {1} MB</source>
        <translation>{0} / {1} MB</translation>
    </message>
    <message>
        <source>Getting ready</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在开始</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Not trained yet</source>
        <translation>尚未训练</translation>
    </message>
    <message>
        <source>Epoch {0} of {1}</source>
        <translation>第 {0} 轮，共 {1} 轮</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>第 {0} 步，共 {1} 步</translation>
    </message>
    <message>
        <source>{0}, paused</source>
        <translation>{0}，已暂停</translation>
    </message>
    <message>
        <source>{0}. {1}. An epoch is one pass through the training data, a step one batch.</source>
        <translation>{0}。{1}。一轮是把训练数据用过一遍，一步是一个批次。</translation>
    </message>
    <message>
        <source>{0} left</source>
        <translation>剩余 {0}</translation>
    </message>
    <message>
        <source>{0} samples/s</source>
        <translation>{0} 样本/秒</translation>
    </message>
    <message>
        <source>{0} s</source>
        <translation>{0} 秒</translation>
    </message>
    <message>
        <source>{0} min {1} s</source>
        <translation>{0} 分 {1} 秒</translation>
    </message>
    <message>
        <source>{0} h {1} min</source>
        <translation>{0} 小时 {1} 分</translation>
    </message>
</context>
<context>
    <name>PropertiesPanel</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Select a layer to see its settings.</source>
        <translation>选择一层以查看它的设置。</translation>
    </message>
    <message>
        <source>Layer {}: {}</source>
        <translation>第 {} 层：{}</translation>
    </message>
    <message>
        <source>Data: {}</source>
        <translation>数据：{}</translation>
    </message>
</context>
<context>
    <name>Rail</name>
    <message>
        <source>Workspaces</source>
        <translation>工作区</translation>
    </message>
</context>
<context>
    <name>Range</name>
    <message>
        <source>from {}</source>
        <translation>从 {}</translation>
    </message>
    <message>
        <source>more than {}</source>
        <translation>大于 {}</translation>
    </message>
    <message>
        <source>to {}</source>
        <translation>到 {}</translation>
    </message>
    <message>
        <source>at most {}</source>
        <translation>不超过 {}</translation>
    </message>
    <message>
        <source>less than {}</source>
        <translation>小于 {}</translation>
    </message>
</context>
<context>
    <name>RunsWorkspace</name>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Every training will be kept here with its settings, its curves and its weights. This page is being built and is not part of this version; the curves of the current training are under Live.</source>
        <translation>每次训练的设置、曲线和权重都将保存在这里。这一页正在制作中，不包含在这个版本里；当前训练的曲线在“实况”里。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Lay the curves of several trainings over one another and see which settings differ.</source>
        <translation>把几次训练的曲线叠放在一起，看哪些设置不同。</translation>
    </message>
    <message>
        <source>Rewind</source>
        <translation>回放</translation>
    </message>
    <message>
        <source>Drag a slider back to an earlier step: every live view shows the network as it was then.</source>
        <translation>把滑块拖回到早先的步骤：每个实况视图都显示网络当时的样子。</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>接着训练</translation>
    </message>
    <message>
        <source>Resume a training where it ended, with the optimiser exactly as it was left.</source>
        <translation>从训练结束的地方继续，优化器的状态与当时完全一样。</translation>
    </message>
    <message>
        <source>Take along</source>
        <translation>带走</translation>
    </message>
    <message>
        <source>Save a network with what it learned to a file, or export it as a PyTorch program.</source>
        <translation>把网络连同学到的内容保存到文件，或导出为 PyTorch 程序。</translation>
    </message>
</context>
<context>
    <name>SeenImage</name>
    <message>
        <source>What the network sees</source>
        <translation>网络看到的图像</translation>
    </message>
    <message>
        <source>Nothing drawn yet</source>
        <translation>还没有写任何内容</translation>
    </message>
    <message>
        <source>row {0}, column {1}: {2} of 255</source>
        <translation>第 {0} 行，第 {1} 列：{2}（最大 255）</translation>
    </message>
    <message>
        <source>{0} by {1} pixels, {2} of them inked</source>
        <translation>{0} × {1} 像素，其中 {2} 个有墨迹</translation>
    </message>
    <message>
        <source>{0} × {0} pixels: point at one</source>
        <translation>{0} × {0} 像素：指向其中一个</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Loading was given up.</source>
        <translation>已放弃载入。</translation>
    </message>
    <message>
        <source>Reset: the next run starts from fresh random weights.</source>
        <translation>已重置：下一次运行从新的随机权重开始。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Loading {0}.</source>
        <translation>正在载入 {0}。</translation>
    </message>
    <message>
        <source>{0} learns from {1}.</source>
        <translation>{0} 从 {1} 学习。</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
</context>
<context>
    <name>Spec</name>
    <message>
        <source>2-D classifier</source>
        <translation>二维分类器</translation>
    </message>
    <message>
        <source>2-D convolution (cross-correlation): y[o] = b[o] + sum_c w[o, c] * x[c].</source>
        <translation>二维卷积（互相关）：y[o] = b[o] + sum_c w[o, c] * x[c]。</translation>
    </message>
    <message>
        <source>A circle of radius 1 around a smaller one: the first class is outside, the second inside.</source>
        <translation>半径为 1 的圆套着一个较小的圆：第一类在外，第二类在内。</translation>
    </message>
    <message>
        <source>Adam</source>
        <translation>Adam</translation>
    </message>
    <message>
        <source>Adam whose weights shrink by a fixed share per step, independent of the gradient&apos;s size.</source>
        <translation>每步按固定比例缩小权重的 Adam，与梯度大小无关。</translation>
    </message>
    <message>
        <source>AdamW</source>
        <translation>AdamW</translation>
    </message>
    <message>
        <source>All values of a sample in one row, channel by channel, line by line; nothing is computed.</source>
        <translation>把一个样本的所有值排成一行，逐通道、逐行；不做任何计算。</translation>
    </message>
    <message>
        <source>Arms</source>
        <translation>臂数</translation>
    </message>
    <message>
        <source>Arms that wind around the centre, one per class: hard for a small network.</source>
        <translation>围绕中心盘绕的臂，每类一条：对小网络来说很难。</translation>
    </message>
    <message>
        <source>Augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>Batch norm</source>
        <translation>批归一化</translation>
    </message>
    <message>
        <source>Batch norm and a one-cycle learning rate: 99.4 % in half a minute on an ordinary laptop.</source>
        <translation>批归一化和单周期学习率：普通笔记本电脑上半分钟达到 99.4 %。</translation>
    </message>
    <message>
        <source>Batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Beta1</source>
        <translation>Beta1</translation>
    </message>
    <message>
        <source>Beta2</source>
        <translation>Beta2</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Bias initialiser</source>
        <translation>偏置初始化</translation>
    </message>
    <message>
        <source>Blobs</source>
        <translation>团块</translation>
    </message>
    <message>
        <source>Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it by learned amounts.</source>
        <translation>使每个通道在批次中的均值为 0、方差为 1，再按学到的量缩放和平移。</translation>
    </message>
    <message>
        <source>Chapter CNN</source>
        <translation>教材的 CNN</translation>
    </message>
    <message>
        <source>Chapter regression</source>
        <translation>教材的回归</translation>
    </message>
    <message>
        <source>Circles</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>常数</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>Dense</source>
        <translation>全连接</translation>
    </message>
    <message>
        <source>Digit reader</source>
        <translation>数字识别器</translation>
    </message>
    <message>
        <source>Digits 8x8</source>
        <translation>8x8 数字</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Each picture is turned, scaled, slanted and moved by random amounts: what another hand might have written.</source>
        <translation>每张图片随机旋转、缩放、倾斜和移动：就像另一个人写的一样。</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Everything that decides how a network learns; with the same network, data and machine, the same result.</source>
        <translation>决定网络如何学习的一切；网络、数据和机器相同，结果就相同。</translation>
    </message>
    <message>
        <source>Fashion-MNIST</source>
        <translation>Fashion-MNIST</translation>
    </message>
    <message>
        <source>Fast CNN</source>
        <translation>快速 CNN</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>滤波器数</translation>
    </message>
    <message>
        <source>Flatten</source>
        <translation>展平</translation>
    </message>
    <message>
        <source>Four squares of points; opposite ones are of one class, so that no straight line parts the classes.</source>
        <translation>四个方形的点群；相对的两个属于同一类，所以没有一条直线能分开两类。</translation>
    </message>
    <message>
        <source>Fully connected layer: y = x W + b, every output unit sees every input.</source>
        <translation>全连接层：y = x W + b，每个输出单元看到每个输入。</translation>
    </message>
    <message>
        <source>Goes down the gradient of the batch: w &lt;- w - eta g.</source>
        <translation>沿批次的梯度下降：w &lt;- w - eta g。</translation>
    </message>
    <message>
        <source>Gradient descent</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>Handwritten digits: 1,797 real scans of 8 x 8 pixels that come with the application, no download needed.</source>
        <translation>手写数字：1,797 张真实的 8 x 8 像素扫描图，随程序提供，无需下载。</translation>
    </message>
    <message>
        <source>Handwritten digits: 70,000 grey images of 28 x 28 pixels, white ink on black.</source>
        <translation>手写数字：70,000 张 28 x 28 像素的灰度图，黑底白字。</translation>
    </message>
    <message>
        <source>Heaps</source>
        <translation>团数</translation>
    </message>
    <message>
        <source>How far one gets with no hidden layer; its weights can be looked at as ten pictures.</source>
        <translation>没有隐藏层能走多远；它的权重可以看成十张图片。</translation>
    </message>
    <message>
        <source>How gradients become steps.</source>
        <translation>梯度如何变成步子。</translation>
    </message>
    <message>
        <source>How often each arm winds around the centre.</source>
        <translation>每条臂绕中心多少圈。</translation>
    </message>
    <message>
        <source>How often every training sample is used.</source>
        <translation>每个训练样本用多少次。</translation>
    </message>
    <message>
        <source>How samples are changed at random each time they are used.</source>
        <translation>每次使用样本时如何随机改变它。</translation>
    </message>
    <message>
        <source>How the biases start.</source>
        <translation>偏置的初始值。</translation>
    </message>
    <message>
        <source>How the filters start.</source>
        <translation>滤波器的初始值。</translation>
    </message>
    <message>
        <source>How the learning rate changes over time.</source>
        <translation>学习率如何随时间变化。</translation>
    </message>
    <message>
        <source>How the weights start.</source>
        <translation>权重的初始值。</translation>
    </message>
    <message>
        <source>Hyperbolic tangent: y = (e^x - e^-x) / (e^x + e^-x), between -1 and 1.</source>
        <translation>双曲正切：y = (e^x - e^-x) / (e^x + e^-x)，在 -1 和 1 之间。</translation>
    </message>
    <message>
        <source>Inner radius</source>
        <translation>内圆半径</translation>
    </message>
    <message>
        <source>Keeps the largest value of each window, channel by channel.</source>
        <translation>逐通道保留每个窗口中的最大值。</translation>
    </message>
    <message>
        <source>Kernel size</source>
        <translation>卷积核大小</translation>
    </message>
    <message>
        <source>Largest change of size, as the logarithm of the factor (0.1 is about 10 %).</source>
        <translation>大小的最大变化，以倍数的对数表示（0.1 约为 10 %）。</translation>
    </message>
    <message>
        <source>Largest move in either direction.</source>
        <translation>任一方向的最大移动。</translation>
    </message>
    <message>
        <source>Largest slant: pixels to the side per pixel upwards.</source>
        <translation>最大倾斜：每向上一个像素向侧面偏移的像素数。</translation>
    </message>
    <message>
        <source>Largest turn to either side.</source>
        <translation>向任一侧的最大旋转。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Linear function</source>
        <translation>线性函数</translation>
    </message>
    <message>
        <source>Logistic function: y = 1 / (1 + e^-x), between 0 and 1.</source>
        <translation>逻辑函数：y = 1 / (1 + e^-x)，在 0 和 1 之间。</translation>
    </message>
    <message>
        <source>Logistic regression</source>
        <translation>逻辑回归</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>MLP 784-128-64-10</source>
        <translation>MLP 784-128-64-10</translation>
    </message>
    <message>
        <source>MNIST</source>
        <translation>MNIST</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>最大池化</translation>
    </message>
    <message>
        <source>Mean of (output - target)^2 over all outputs and samples.</source>
        <translation>所有输出和样本上 (输出 - 目标)^2 的平均值。</translation>
    </message>
    <message>
        <source>Mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>Minus the logarithm of the probability that softmax gives to the right class: -log(e^z_y / sum_k e^z_k).</source>
        <translation>softmax 给正确类别的概率的负对数：-log(e^z_y / sum_k e^z_k)。</translation>
    </message>
    <message>
        <source>Momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>Moons</source>
        <translation>月牙</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Normal noise around zero whose values beyond two standard deviations are drawn again.</source>
        <translation>以零为中心的正态噪声，超出两个标准差的值重新抽取。</translation>
    </message>
    <message>
        <source>Normally distributed heaps around centres on a circle of radius 1, one per class: easy, unless noise is large.</source>
        <translation>以半径为 1 的圆上各点为中心的正态分布点团，每类一个：噪声不大时很容易。</translation>
    </message>
    <message>
        <source>Number of arms, each a class.</source>
        <translation>臂的数量，每条一类。</translation>
    </message>
    <message>
        <source>Number of batches after which training ends; 0 goes by epochs.</source>
        <translation>训练在多少个批次后结束；0 表示按轮数。</translation>
    </message>
    <message>
        <source>Number of heaps, each a class.</source>
        <translation>团的数量，每团一类。</translation>
    </message>
    <message>
        <source>Number of learned filters; each makes one feature map.</source>
        <translation>要学习的滤波器数量；每个产生一张特征图。</translation>
    </message>
    <message>
        <source>Number of output values, each a weighted sum of all inputs.</source>
        <translation>输出值的数量，每个都是所有输入的加权和。</translation>
    </message>
    <message>
        <source>Number of points, all splits together.</source>
        <translation>点的总数，包括所有划分。</translation>
    </message>
    <message>
        <source>Number of samples whose gradient is averaged for one step.</source>
        <translation>每一步对多少个样本的梯度取平均。</translation>
    </message>
    <message>
        <source>Number of steps between two measurements on validation data; 0 measures after each epoch.</source>
        <translation>在验证数据上测量的间隔步数；0 表示每轮结束后测量。</translation>
    </message>
    <message>
        <source>Number of training points.</source>
        <translation>训练点的数量。</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>One value for every entry: meant for biases, as all units with equal weights would learn the same.</source>
        <translation>每个元素都是同一个值：用于偏置，因为权重全部相等的单元会学到同样的内容。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>Padding size</source>
        <translation>填充大小</translation>
    </message>
    <message>
        <source>Pictures of clothes: 70,000 grey images of 28 x 28 pixels, made to stand in for MNIST and harder than it.</source>
        <translation>服装图片：70,000 张 28 x 28 像素的灰度图，用来代替 MNIST，但更难。</translation>
    </message>
    <message>
        <source>Probability that a value is dropped (keep probability: 1 - rate).</source>
        <translation>一个值被丢弃的概率（保留概率为 1 - 丢弃率）。</translation>
    </message>
    <message>
        <source>Pull of all weights towards zero (L2), added to the gradient.</source>
        <translation>把所有权重拉向零的力（L2），加到梯度上。</translation>
    </message>
    <message>
        <source>Radius of the inner circle; the outer one has 1.</source>
        <translation>内圆的半径；外圆的半径为 1。</translation>
    </message>
    <message>
        <source>Random affine</source>
        <translation>随机仿射</translation>
    </message>
    <message>
        <source>Random changes of the training pictures: it reads hands that MNIST has never seen.</source>
        <translation>随机改变训练图片：能识别 MNIST 从未见过的笔迹。</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>丢弃率</translation>
    </message>
    <message>
        <source>ReLU</source>
        <translation>ReLU</translation>
    </message>
    <message>
        <source>Rectified linear unit: y = max(0, x).</source>
        <translation>修正线性单元：y = max(0, x)。</translation>
    </message>
    <message>
        <source>Rises from a small learning rate to the optimiser&apos;s own, then falls along a cosine to almost nothing.</source>
        <translation>从较小的学习率升到优化器自己的学习率，再沿余弦降到几乎为零。</translation>
    </message>
    <message>
        <source>Rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本数</translation>
    </message>
    <message>
        <source>Samples stay as they are.</source>
        <translation>样本保持原样。</translation>
    </message>
    <message>
        <source>Scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>Scales each weight&apos;s step by running averages of its gradient and of its gradient&apos;s square.</source>
        <translation>用梯度及其平方的滑动平均来缩放每个权重的步长。</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Sets values to zero at random while training, and leaves everything as it is afterwards.</source>
        <translation>训练时随机把一些值设为零，训练之后保持原样。</translation>
    </message>
    <message>
        <source>Share of each weight that is taken away per step, times eta: lambda.</source>
        <translation>每个权重每步减去的比例，乘以 eta：lambda。</translation>
    </message>
    <message>
        <source>Share of the old average of the gradient that is kept.</source>
        <translation>保留多少旧的梯度平均值。</translation>
    </message>
    <message>
        <source>Share of the old average of the squared gradient that is kept.</source>
        <translation>保留多少旧的梯度平方平均值。</translation>
    </message>
    <message>
        <source>Share of the training in which the rate rises.</source>
        <translation>学习率上升阶段占训练的比例。</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Side of each filter.</source>
        <translation>每个滤波器的边长。</translation>
    </message>
    <message>
        <source>Side of the window.</source>
        <translation>窗口的边长。</translation>
    </message>
    <message>
        <source>Sigmoid</source>
        <translation>Sigmoid</translation>
    </message>
    <message>
        <source>Size of each step: eta.</source>
        <translation>每步的大小：eta。</translation>
    </message>
    <message>
        <source>Slant</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>Small number that keeps the division finite.</source>
        <translation>使除法保持有限的小数。</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Spread of the noise before its tails are cut.</source>
        <translation>截去尾部之前的噪声幅度。</translation>
    </message>
    <message>
        <source>Standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>Standard deviation of each heap, in both coordinates.</source>
        <translation>每个团在两个坐标上的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation of what is added at random to both coordinates.</source>
        <translation>随机加到两个坐标上的量的标准差。</translation>
    </message>
    <message>
        <source>Start divisor</source>
        <translation>起始除数</translation>
    </message>
    <message>
        <source>Start of all random numbers: same seed, same result.</source>
        <translation>所有随机数的起点：种子相同，结果相同。</translation>
    </message>
    <message>
        <source>Start of the random numbers: the same seed gives the same points.</source>
        <translation>随机数的起点：种子相同，点就相同。</translation>
    </message>
    <message>
        <source>Step between two places of the filter; the larger, the smaller the output.</source>
        <translation>滤波器相邻两个位置的距离；越大，输出越小。</translation>
    </message>
    <message>
        <source>Step between two windows.</source>
        <translation>相邻两个窗口的距离。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>The chapter&apos;s own network: convolution, pooling, dropout; patient training with a small learning rate.</source>
        <translation>教材自己的网络：卷积、池化、dropout；用很小的学习率耐心训练。</translation>
    </message>
    <message>
        <source>The first rate is the largest one divided by this.</source>
        <translation>最初的学习率是最大值除以这个数。</translation>
    </message>
    <message>
        <source>The learning rate stays what it is.</source>
        <translation>学习率保持不变。</translation>
    </message>
    <message>
        <source>The linear function y = 2 x0 + 4 x1 + 1 of two numbers, which are uniform in [0, 1]: y goes from 1 to 7.</source>
        <translation>两个数的线性函数 y = 2 x0 + 4 x1 + 1，两个数在 [0, 1] 中均匀分布：y 从 1 到 7。</translation>
    </message>
    <message>
        <source>The value of every entry.</source>
        <translation>每个元素的值。</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Truncated normal</source>
        <translation>截断正态</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>圈数</translation>
    </message>
    <message>
        <source>Two half circles that reach into each other.</source>
        <translation>两个互相伸入的半圆。</translation>
    </message>
    <message>
        <source>Two hidden layers turn 92 % into 98 %: units combine what earlier units found.</source>
        <translation>两个隐藏层把 92 % 变成 98 %：单元把前面单元的发现组合起来。</translation>
    </message>
    <message>
        <source>Uniform between -1/sqrt(n) and 1/sqrt(n), n being the number of inputs of a unit.</source>
        <translation>在 -1/sqrt(n) 和 1/sqrt(n) 之间均匀分布，n 是一个单元的输入数。</translation>
    </message>
    <message>
        <source>Uniform by fan-in</source>
        <translation>按输入数均匀分布</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>Watch a boundary bend around points that no straight line can separate.</source>
        <translation>看边界如何绕过任何直线都分不开的点。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Weight initialiser</source>
        <translation>权重初始化</translation>
    </message>
    <message>
        <source>Weight of the newest batch in the running averages.</source>
        <translation>最新批次在滑动平均中的权重。</translation>
    </message>
    <message>
        <source>What is made small.</source>
        <translation>要使之变小的量。</translation>
    </message>
    <message>
        <source>Whether a learned constant is added to each feature map.</source>
        <translation>是否给每张特征图加上一个学习到的常数。</translation>
    </message>
    <message>
        <source>Whether a learned constant is added to each sum.</source>
        <translation>是否给每个和加上一个学习到的常数。</translation>
    </message>
    <message>
        <source>Why a sigmoid output cannot reach targets up to 7; remove the last sigmoid and it can.</source>
        <translation>为什么 sigmoid 输出达不到 7 这样的目标；去掉最后的 sigmoid 就能达到。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Zeros around the image: &apos;valid&apos; none, &apos;same&apos; so many that stride 1 keeps the size, &apos;custom&apos; as many as given.</source>
        <translation>图像周围的零：valid 表示没有，same 表示步幅为 1 时大小不变，custom 表示按给定数量。</translation>
    </message>
    <message>
        <source>Zeros on each side, if padding is &apos;custom&apos;.</source>
        <translation>填充方式为 custom 时，每一侧的零的数量。</translation>
    </message>
    <message>
        <source>arm</source>
        <translation>条臂</translation>
    </message>
    <message>
        <source>arms</source>
        <translation>条臂</translation>
    </message>
    <message>
        <source>augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>beta1</source>
        <translation>beta1</translation>
    </message>
    <message>
        <source>beta2</source>
        <translation>beta2</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>bias initialiser</source>
        <translation>偏置初始化</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>自定（custom）</translation>
    </message>
    <message>
        <source>degree</source>
        <translation>度</translation>
    </message>
    <message>
        <source>degrees</source>
        <translation>度</translation>
    </message>
    <message>
        <source>epochs</source>
        <translation>轮数</translation>
    </message>
    <message>
        <source>epsilon</source>
        <translation>epsilon</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>滤波器数</translation>
    </message>
    <message>
        <source>heap</source>
        <translation>团</translation>
    </message>
    <message>
        <source>heaps</source>
        <translation>团</translation>
    </message>
    <message>
        <source>inner radius</source>
        <translation>内圆半径</translation>
    </message>
    <message>
        <source>kernel size</source>
        <translation>卷积核大小</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>padding</source>
        <translation>填充</translation>
    </message>
    <message>
        <source>padding size</source>
        <translation>填充大小</translation>
    </message>
    <message>
        <source>pixel</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>point</source>
        <translation>个点</translation>
    </message>
    <message>
        <source>points</source>
        <translation>个点</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>丢弃率</translation>
    </message>
    <message>
        <source>rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>same</source>
        <translation>等大（same）</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>缩放</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>学习率计划</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>slant</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>start divisor</source>
        <translation>起始除数</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>turn</source>
        <translation>圈</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>圈</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>valid</source>
        <translation>无填充（valid）</translation>
    </message>
    <message>
        <source>validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>weight initialiser</source>
        <translation>权重初始化</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>The network that learns. Choose a ready one here; change its layers under Network.</source>
        <translation>要学习的网络。在这里选择现成的网络；在“网络”页里更改它的各层。</translation>
    </message>
    <message>
        <source>Data set</source>
        <translation>数据集</translation>
    </message>
    <message>
        <source>The samples that the network learns from. The network&apos;s input and output follow.</source>
        <translation>网络用来学习的样本。网络的输入和输出随之改变。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the next training is computed. Automatic takes the fastest one that there is.</source>
        <translation>下一次训练在哪里计算。“自动”选用现有的最快设备。</translation>
    </message>
    <message>
        <source>{0}, changed</source>
        <translation>{0}（已更改）</translation>
    </message>
</context>
<context>
    <name>VerdictCard</name>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Nothing drawn yet</source>
        <translation>还没有写任何内容</translation>
    </message>
    <message>
        <source>The answer appears while you draw.</source>
        <translation>书写的同时显示答案。</translation>
    </message>
    <message>
        <source>I see no ink</source>
        <translation>没有看到墨迹</translation>
    </message>
    <message>
        <source>The picture looks like an empty page.</source>
        <translation>这张图片像一张白纸。</translation>
    </message>
    <message>
        <source>One moment</source>
        <translation>请稍候</translation>
    </message>
    <message>
        <source>The network is being loaded.</source>
        <translation>正在载入网络。</translation>
    </message>
    <message>
        <source>{0} / {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>This is: {0}</source>
        <translation>这是：{0}</translation>
    </message>
    <message>
        <source>This is an 8</source>
        <translation>这是 8</translation>
    </message>
    <message>
        <source>This is a {0}</source>
        <translation>这是 {0}</translation>
    </message>
    <message>
        <source>{0} or {1}: I am not sure</source>
        <translation>{0} 或 {1}：我不确定</translation>
    </message>
    <message>
        <source>Perhaps {0}: I am not sure</source>
        <translation>也许是 {0}：我不确定</translation>
    </message>
    <message>
        <source>I cannot tell: it looks like no digit I know</source>
        <translation>无法判断：它不像我认识的任何数字</translation>
    </message>
    <message>
        <source>I cannot tell: it looks like nothing I know</source>
        <translation>无法判断：它不像我认识的任何东西</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>Paused after step {0}.</source>
        <translation>在第 {0} 步之后暂停。</translation>
    </message>
    <message>
        <source>Stopped after step {0}.</source>
        <translation>在第 {0} 步之后停止。</translation>
    </message>
    <message>
        <source>Step {0} is done (epoch {1} of {2}).</source>
        <translation>第 {0} 步已完成（第 {1} 轮，共 {2} 轮）。</translation>
    </message>
    <message>
        <source>Finished: {0} steps in {1} s of training.</source>
        <translation>完成：{0} 步，训练用时 {1} 秒。</translation>
    </message>
    <message>
        <source>Something unexpected went wrong: {0}</source>
        <translation>发生了意料之外的错误：{0}</translation>
    </message>
</context>
<context>
    <name>WorkspaceEntry</name>
    <message>
        <source>Draw</source>
        <translation>手写</translation>
    </message>
    <message>
        <source>Draw a digit and see what the network reads.</source>
        <translation>写一个数字，看网络读出什么。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Look at the layers, their shapes and parameters, and change them.</source>
        <translation>查看各层及其形状和参数，并更改它们。</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>实况</translation>
    </message>
    <message>
        <source>Watch the network learn: its loss and its accuracy, step by step.</source>
        <translation>一步一步地看网络学习：它的损失和准确率。</translation>
    </message>
    <message>
        <source>Labs</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Short lessons in which one idea can be tried out by hand.</source>
        <translation>可以亲手尝试一个概念的简短课程。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Earlier trainings: compare them, rewind them, go on with them.</source>
        <translation>以前的训练：比较、回放、接着训练。</translation>
    </message>
</context>
<context>
    <name>_EmptyPage</name>
    <message>
        <source>Nothing is learning yet</source>
        <translation>还没有在学习</translation>
    </message>
    <message>
        <source>Press Train in the tool bar (F5). The loss falls and the accuracy rises here while the network learns; point at a curve to read its values.</source>
        <translation>按工具栏中的“训练”（F5）。网络学习时，这里的损失下降，准确率上升；指向曲线可以读出数值。</translation>
    </message>
</context>
</TS>
