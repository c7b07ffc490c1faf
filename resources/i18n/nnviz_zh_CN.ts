<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Accuracy</name>
    <message>
        <source>lowest loss</source>
        <translation>损失最低</translation>
    </message>
</context>
<context>
    <name>ActivationCanvas</name>
    <message>
        <source>Curve of the activation function, histograms of a layer, and a stack of eight</source>
        <translation>激活函数的曲线、一层的直方图，以及八层的堆叠</translation>
    </message>
    <message>
        <source>slope {0}</source>
        <translation>斜率 {0}</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>平坦</translation>
    </message>
    <message>
        <source>inputs x of a layer</source>
        <translation>一层的输入 x</translation>
    </message>
    <message>
        <source>inputs x of a layer; {0} % lie beyond the plot</source>
        <translation>一层的输入 x；{0} % 在图外</translation>
    </message>
    <message>
        <source>outputs f(x)</source>
        <translation>输出 f(x)</translation>
    </message>
    <message>
        <source>A stack of eight layers</source>
        <translation>八层的堆叠</translation>
    </message>
    <message>
        <source>x goes down, its gradient comes back up</source>
        <translation>x 向下传，梯度向上传回</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>梯度</translation>
    </message>
</context>
<context>
    <name>ActivationLab</name>
    <message>
        <source>Layer {0}, forwards: z = {1} comes in, a = {2}(z) = {3} goes out.</source>
        <translation>第 {0} 层，前向：输入 z = {1}，输出 a = {2}(z) = {3}。</translation>
    </message>
    <message>
        <source>Times the weight {0}, it is the next layer&apos;s z.</source>
        <translation>乘以权重 {0}，就是下一层的 z。</translation>
    </message>
    <message>
        <source>Layer {0}, backwards: the gradient begins with the slope there, f&apos;(z) = {1}.</source>
        <translation>第 {0} 层，反向：梯度从这里的斜率开始，f&apos;(z) = {1}。</translation>
    </message>
    <message>
        <source>Layer {0}, backwards: what came, {1}, times the weight {2}, times the slope f&apos;(z) = {3}, leaves {4}.</source>
        <translation>第 {0} 层，反向：传来的 {1}，乘以权重 {2}，再乘以斜率 f&apos;(z) = {3}，剩下 {4}。</translation>
    </message>
    <message>
        <source>This is all that the first layer learns from.</source>
        <translation>第一层就只能从这么多里学习。</translation>
    </message>
    <message>
        <source>A unit bends the sum x of its weighted inputs by an &lt;b&gt;activation function&lt;/b&gt;. &lt;b&gt;{0}&lt;/b&gt;: f(x) = {1}, in {2}. Its slope, dashed, is f&apos;(x) = {3}, here at most {4}: on the way back every gradient is multiplied by it.</source>
        <translation>单元用&lt;b&gt;激活函数&lt;/b&gt;把加权输入之和 x 弯曲。&lt;b&gt;{0}&lt;/b&gt;：f(x) = {1}，取值 {2}。虚线是它的斜率 f&apos;(x) = {3}，这里最大为 {4}：反向传播时，每个梯度都要乘以它。</translation>
    </message>
    <message>
        <source>Between 0 and 1, so it can be read as a probability: take it at the &lt;b&gt;output&lt;/b&gt;, for yes or no. On both sides it &lt;b&gt;saturates&lt;/b&gt; (shaded): there hardly any gradient passes. As its slope is &lt;b&gt;at most 0.25&lt;/b&gt;, at x = 0, eight layers leave less than 0.25&lt;sup&gt;8&lt;/sup&gt; = 0.000015 of a gradient.</source>
        <translation>取值在 0 与 1 之间，因此可以当作概率：用在&lt;b&gt;输出&lt;/b&gt;处，回答是或否。两侧会&lt;b&gt;饱和&lt;/b&gt;（阴影），那里几乎没有梯度通过。它的斜率&lt;b&gt;最大只有 0.25&lt;/b&gt;（在 x = 0），八层之后梯度剩下不到 0.25&lt;sup&gt;8&lt;/sup&gt; = 0.000015。</translation>
    </message>
    <message>
        <source>A sigmoid stretched to -1 ... 1, so that outputs lie around 0, and steeper: its slope reaches 1. It too &lt;b&gt;saturates&lt;/b&gt; on both sides (shaded), and gradients vanish in deep stacks.</source>
        <translation>把 sigmoid 拉伸到 -1 ... 1，输出以 0 为中心，也更陡：斜率可达 1。两侧同样会&lt;b&gt;饱和&lt;/b&gt;（阴影），深层堆叠中梯度会消失。</translation>
    </message>
    <message>
        <source>The &lt;b&gt;first choice for hidden layers&lt;/b&gt;, and only there: cheap, and its slope is exactly 1 for x above 0, however deep the stack. A unit whose x is below 0 for all samples is &lt;b&gt;dead&lt;/b&gt;: it has no gradient any more. Then take a lower learning rate, leaky ReLU or maxout.</source>
        <translation>&lt;b&gt;隐藏层的首选&lt;/b&gt;，也只用于隐藏层：计算便宜，x 大于 0 时斜率恰为 1，无论堆叠多深。若一个单元对所有样本 x 都小于 0，它就&lt;b&gt;死了&lt;/b&gt;：不再有梯度。这时降低学习率，或改用 leaky ReLU 或 maxout。</translation>
    </message>
    <message>
        <source>A ReLU that lets a little through below 0 (a = 0.01 is usual), so that no unit dies. For hidden layers.</source>
        <translation>在 0 以下也放过一点的 ReLU（常用 a = 0.01），因此没有单元会死。用于隐藏层。</translation>
    </message>
    <message>
        <source>A leaky ReLU whose leak a is &lt;b&gt;learned&lt;/b&gt;, one for each unit if wanted: df/da = x where x is below 0, so the data decides how leaky it should be. For hidden layers.</source>
        <translation>泄漏系数 a 由&lt;b&gt;学习&lt;/b&gt;得到的 leaky ReLU，可以每个单元一个：x 小于 0 时 df/da = x，泄漏多少由数据决定。用于隐藏层。</translation>
    </message>
    <message>
        <source>The larger of two straight lines, both &lt;b&gt;learned&lt;/b&gt;: a bend of any form. ReLU (0 and x) and leaky ReLU (a x and x) are special cases. It has no flat ends and does not die, but doubles the parameters.</source>
        <translation>两条直线中较大者，两条都由&lt;b&gt;学习&lt;/b&gt;得到：可以弯成任意形状。ReLU（0 与 x）和 leaky ReLU（a x 与 x）是它的特例。它没有平坦的两端，也不会死，但参数加倍。</translation>
    </message>
    <message>
        <source>For the &lt;b&gt;output&lt;/b&gt; of a classifier: all outputs together are probabilities. Here x is one of three logits, the other two being 0. It saturates on both sides; it is never used in hidden layers.</source>
        <translation>用于分类器的&lt;b&gt;输出&lt;/b&gt;：所有输出合起来是概率。这里 x 是三个 logit 之一，另外两个为 0。两侧会饱和；从不用于隐藏层。</translation>
    </message>
    <message>
        <source>No bend at all, for the &lt;b&gt;output&lt;/b&gt; when values are wanted (regression). In hidden layers it is useless: many linear layers are together one linear layer.</source>
        <translation>完全不弯，用于需要数值的&lt;b&gt;输出&lt;/b&gt;（回归）。放在隐藏层没有用：许多线性层合起来还是一个线性层。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Choose&lt;/b&gt; a function, and one to compare it with, in the settings below.</source>
        <translation>在下方的设置中&lt;b&gt;选择&lt;/b&gt;一个函数，以及与之比较的另一个函数。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Drag&lt;/b&gt; the point along the curve, or move it with the up and down keys. &lt;b&gt;Step&lt;/b&gt; or &lt;b&gt;run&lt;/b&gt;: the value at the point goes down a stack of eight equal layers, and a gradient comes back up. Move the sliders to see what a whole layer&apos;s inputs (below the curve) become (at its right).&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; with sigmoid, drag the point to 5 and watch the slope; spread the inputs to 5 and see the outputs pile up at both ends. Then make the weight 4: does that save the gradient? And with tanh?</source>
        <translation>沿曲线&lt;b&gt;拖动&lt;/b&gt;点，或用上下键移动。&lt;b&gt;单步&lt;/b&gt;或&lt;b&gt;运行&lt;/b&gt;：点上的值向下穿过八个相同的层，梯度再向上传回。移动滑块，看整层的输入（曲线下方）变成什么（右侧）。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;用 sigmoid 把点拖到 5，看斜率；把输入的散布调到 5，看输出堆在两端。再把权重调到 4：这能救回梯度吗？换成 tanh 呢？</translation>
    </message>
    <message>
        <source>At x = {0} {1} gives &lt;b&gt;{2}&lt;/b&gt;, and its slope is &lt;b&gt;{3}&lt;/b&gt;.</source>
        <translation>在 x = {0} 处，{1} 给出 &lt;b&gt;{2}&lt;/b&gt;，斜率为 &lt;b&gt;{3}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0} %&lt;/b&gt; of the layer&apos;s inputs meet a slope below {1}.</source>
        <translation>该层输入中有 &lt;b&gt;{0} %&lt;/b&gt; 遇到小于 {1} 的斜率。</translation>
    </message>
    <message>
        <source>After eight layers &lt;b&gt;{0}&lt;/b&gt; of the gradient is left.</source>
        <translation>八层之后梯度剩下 &lt;b&gt;{0}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Before the stack</source>
        <translation>进入堆叠之前</translation>
    </message>
    <message>
        <source>Backwards: layer {0}</source>
        <translation>反向：第 {0} 层</translation>
    </message>
    <message>
        <source>Forwards: layer {0}</source>
        <translation>前向：第 {0} 层</translation>
    </message>
</context>
<context>
    <name>Alike</name>
    <message>
        <source>What counts as alike</source>
        <translation>怎样算相似</translation>
    </message>
    <message>
        <source>Cosine: the same direction, whatever the size. Distance: the same values.</source>
        <translation>余弦：方向相同，不论大小。距离：数值相同。</translation>
    </message>
    <message>
        <source>By cosine</source>
        <translation>按余弦</translation>
    </message>
    <message>
        <source>By distance</source>
        <translation>按距离</translation>
    </message>
</context>
<context>
    <name>AlikeCanvas</name>
    <message>
        <source>Sample {0}, steps {1} to {2}: cosine {3}, distance {4}</source>
        <translation>样本 {0}，第 {1} 至 {2} 步：余弦 {3}，距离 {4}</translation>
    </message>
    <message>
        <source>Step {0}: the sequence is over</source>
        <translation>第 {0} 步：序列已结束</translation>
    </message>
    <message>
        <source>Unit {0}, step {1}: {2}</source>
        <translation>第 {0} 个单元，第 {1} 步：{2}</translation>
    </message>
    <message>
        <source>Step of the sequence</source>
        <translation>序列的步</translation>
    </message>
    <message>
        <source>Drag across the hidden state to choose a stretch of steps.</source>
        <translation>在隐藏状态上拖动以选择一段步。</translation>
    </message>
    <message>
        <source>Steps {0} to {1}</source>
        <translation>第 {0} 至 {1} 步</translation>
    </message>
    <message>
        <source>{0}, and the most alike among {1} samples</source>
        <translation>{0}，以及 {1} 个样本中最相似的</translation>
    </message>
</context>
<context>
    <name>Application</name>
    <message>
        <source>Something unexpected went wrong: {0}</source>
        <translation>发生了意料之外的错误：{0}</translation>
    </message>
</context>
<context>
    <name>Architecture</name>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>No layers yet</source>
        <translation>还没有层</translation>
    </message>
    <message>
        <source>add one, or choose a preset</source>
        <translation>请添加一层，或选择一个预设</translation>
    </message>
    <message>
        <source>{} classes</source>
        <translation>{} 个类别</translation>
    </message>
    <message>
        <source>1 value</source>
        <translation>1 个值</translation>
    </message>
    <message>
        <source>{} values</source>
        <translation>{} 个值</translation>
    </message>
    <message>
        <source>to be predicted</source>
        <translation>待预测</translation>
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
        <source>{0} · {1} parameters · {2} operations per sample</source>
        <translation>{0} · {1} 个参数 · 每个样本 {2} 次运算</translation>
    </message>
    <message>
        <source>no ending</source>
        <translation>没有扩展名</translation>
    </message>
    <message>
        <source>The architecture is saved as .svg or .png; {0} has {1}. Give the file one of these endings.</source>
        <translation>网络结构图只能保存为 .svg 或 .png；{0} 的扩展名：{1}。请改用这两种扩展名之一。</translation>
    </message>
    <message>
        <source>The picture of {} is too large for a PNG. Save it as .svg instead.</source>
        <translation>{} 的图片太大，无法保存为 PNG。请改存为 .svg。</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚未知道</translation>
    </message>
</context>
<context>
    <name>Background</name>
    <message>
        <source>It could not be done: {0}</source>
        <translation>无法完成：{0}</translation>
    </message>
</context>
<context>
    <name>BackpropLab</name>
    <message>
        <source>The numbers grew beyond all bounds: lower the learning rate, or go back.</source>
        <translation>数值增长到没有边际：请降低学习率，或后退。</translation>
    </message>
    <message>
        <source>A new sample came in. </source>
        <translation>来了一个新样本。</translation>
    </message>
    <message>
        <source>The question is taken back. </source>
        <translation>问题已收回。</translation>
    </message>
    <message>
        <source>The number {0} that you had set by hand is taken back. </source>
        <translation>你手动设置的数值 {0} 已收回。</translation>
    </message>
    <message>
        <source>One step back: every number is exactly as it was. </source>
        <translation>后退一步：每个数值都与之前完全一样。</translation>
    </message>
    <message>
        <source>You set {0} to {1}; every number that follows from it changed with it. </source>
        <translation>你把 {0} 设为 {1}；由它得出的每个数值都随之改变。</translation>
    </message>
    <message>
        <source>The loss is {0} now. </source>
        <translation>现在损失为 {0}。</translation>
    </message>
    <message>
        <source>Right!</source>
        <translation>答对了！</translation>
    </message>
    <message>
        <source>Not quite: you said {0}.</source>
        <translation>差一点：你说的是 {0}。</translation>
    </message>
    <message>
        <source>{0} of {1} right so far.</source>
        <translation>到目前为止 {1} 题答对 {0} 题。</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>前向</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Round {0}, {1} {2}/{3}</source>
        <translation>第 {0} 轮，{1} {2}/{3}</translation>
    </message>
    <message>
        <source>A {0} network learns from one sample. &lt;b&gt;Forward&lt;/b&gt;: each unit adds up its inputs times its weights W, plus its bias b, to &lt;b&gt;z&lt;/b&gt;; the activation makes &lt;b&gt;a&lt;/b&gt; of it. The &lt;b&gt;loss&lt;/b&gt; L says how far a is from the target y. &lt;b&gt;Backward&lt;/b&gt;: &lt;b&gt;&amp;delta;&lt;/b&gt; = dL/dz is handed from layer to layer through the same weights, and gives the gradients &lt;b&gt;dW&lt;/b&gt; and &lt;b&gt;db&lt;/b&gt;. &lt;b&gt;Update&lt;/b&gt;: each weight goes against its gradient, by &lt;b&gt;&amp;eta;&lt;/b&gt; times dW. (With one sample, sum and mean over the batch are the same.)</source>
        <translation>一个 {0} 网络从一个样本中学习。&lt;b&gt;前向&lt;/b&gt;：每个单元把输入乘以权重 W 后相加，再加偏置 b，得到 &lt;b&gt;z&lt;/b&gt;；激活函数把它变成 &lt;b&gt;a&lt;/b&gt;。&lt;b&gt;损失&lt;/b&gt; L 说明 a 离目标 y 有多远。&lt;b&gt;反向&lt;/b&gt;：&lt;b&gt;&amp;delta;&lt;/b&gt; = dL/dz 沿同样的权重逐层传回，给出梯度 &lt;b&gt;dW&lt;/b&gt; 和 &lt;b&gt;db&lt;/b&gt;。&lt;b&gt;更新&lt;/b&gt;：每个权重逆着梯度走，步长为 &lt;b&gt;&amp;eta;&lt;/b&gt; 乘以 dW。（只有一个样本时，对批次求和与求平均是一样的。）</translation>
    </message>
    <message>
        <source>&lt;b&gt;Choose&lt;/b&gt; the network&apos;s size, activations and loss in the settings below.</source>
        <translation>在下方的设置中&lt;b&gt;选择&lt;/b&gt;网络的大小、激活函数和损失。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Step&lt;/b&gt; by one multiplication, neuron, layer, pass or update, and &lt;b&gt;back&lt;/b&gt;. &lt;b&gt;Click&lt;/b&gt; a unit for all of its numbers. &lt;b&gt;Click a framed number&lt;/b&gt; (or press Tab, Up, Down and Enter) and type another. &lt;b&gt;Ask first&lt;/b&gt; lets you guess each number. &lt;b&gt;Show code&lt;/b&gt; marks the same line in PyTorch.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; set &amp;eta; to 10 and step by updates; then choose the chapter&apos;s samples with a sigmoid at the end, and see why targets up to 7 cannot be reached: linear can.</source>
        <translation>按一次乘法、一个神经元、一层、一遍或一次更新&lt;b&gt;单步&lt;/b&gt;前进，也可以&lt;b&gt;后退&lt;/b&gt;。&lt;b&gt;点击&lt;/b&gt;单元查看它的全部数值。&lt;b&gt;点击带框的数&lt;/b&gt;（或按 Tab、上、下和 Enter）输入另一个数。&lt;b&gt;先提问&lt;/b&gt;让你先猜每个数。&lt;b&gt;显示代码&lt;/b&gt;在 PyTorch 中标出同一行。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;把 &amp;eta; 设为 10，按更新单步；然后选择本章的样本，输出端用 sigmoid，看看为什么达不到最高为 7 的目标：线性输出可以。</translation>
    </message>
    <message>
        <source>What will it be? Type your guess above and press Enter; or step to see it.</source>
        <translation>会是多少？在上方输入你的猜测并按 Enter；或者单步直接查看。</translation>
    </message>
    <message>
        <source>Nothing is computed yet: inputs, weights and target are there. The first step multiplies the first input by the first weight.</source>
        <translation>还什么都没有计算：输入、权重和目标已经在那里。第一步把第一个输入乘以第一个权重。</translation>
    </message>
    <message>
        <source>One product of z{0}: {1} = {2}. The sum so far is {3}.</source>
        <translation>z{0} 的一个乘积：{1} = {2}。目前的和是 {3}。</translation>
    </message>
    <message>
        <source>With its bias added, the sum {0} is complete: {1}.</source>
        <translation>加上偏置，和 {0} 就完整了：{1}。</translation>
    </message>
    <message>
        <source>The activation ({0}) makes {1} = {2} of z{3}: that is what the unit passes on.</source>
        <translation>激活函数（{0}）由 z{3} 得到 {1} = {2}：单元把它传下去。</translation>
    </message>
    <message>
        <source>Output minus target: {0} = {1}.</source>
        <translation>输出减目标：{0} = {1}。</translation>
    </message>
    <message>
        <source>The loss {0} = {1} says how wrong the network is. Now back: who is to blame?</source>
        <translation>损失 {0} = {1} 说明网络错得有多厉害。现在往回走：该怪谁？</translation>
    </message>
    <message>
        <source>{0} = {1}: how fast the loss grows with this output.</source>
        <translation>{0} = {1}：损失随这个输出增长多快。</translation>
    </message>
    <message>
        <source>The blame of the unit behind comes back through the same weight: {0} = {1}. da{2} so far is {3}.</source>
        <translation>后面单元的责任沿同一权重传回：{0} = {1}。目前 da{2} 是 {3}。</translation>
    </message>
    <message>
        <source>Times the slope of the activation: {0} = {1}, by how much the loss grows with z{2}.</source>
        <translation>乘以激活函数的斜率：{0} = {1}，即损失随 z{2} 增长多少。</translation>
    </message>
    <message>
        <source>A bias counts once, so its gradient is &amp;delta; itself: {0} = {1}.</source>
        <translation>偏置只算一次，所以它的梯度就是 &amp;delta; 本身：{0} = {1}。</translation>
    </message>
    <message>
        <source>What came in times &amp;delta;: {0} = {1}, the weight&apos;s gradient.</source>
        <translation>输入乘以 &amp;delta;：{0} = {1}，即权重的梯度。</translation>
    </message>
    <message>
        <source>One step against the gradient: {0} is {1} now.</source>
        <translation>逆着梯度走一步：{0} 现在是 {1}。</translation>
    </message>
    <message>
        <source>All weights are updated. The loss fell from &lt;b&gt;{0}&lt;/b&gt; to &lt;b&gt;{1}&lt;/b&gt;.</source>
        <translation>所有权重都已更新。损失从 &lt;b&gt;{0}&lt;/b&gt; 降到 &lt;b&gt;{1}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>All weights are updated, but the loss rose from &lt;b&gt;{0}&lt;/b&gt; to &lt;b&gt;{1}&lt;/b&gt;: the step was too long.</source>
        <translation>所有权重都已更新，但损失从 &lt;b&gt;{0}&lt;/b&gt; 升到 &lt;b&gt;{1}&lt;/b&gt;：步子太大了。</translation>
    </message>
    <message>
        <source>All weights are updated, and the loss is still &lt;b&gt;{0}&lt;/b&gt;: no gradient came through.</source>
        <translation>所有权重都已更新，损失仍为 &lt;b&gt;{0}&lt;/b&gt;：没有梯度传过来。</translation>
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
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Begin with no layers. The data stays as it is, and Undo brings the network back.</source>
        <translation>从没有任何层的网络开始。数据保持不变，用“撤销”可以恢复原来的网络。</translation>
    </message>
    <message>
        <source>No layers yet.</source>
        <translation>还没有层。</translation>
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
    <message>
        <source>This layer has nothing to set.</source>
        <translation>这一层没有可设置的内容。</translation>
    </message>
    <message>
        <source>Return to the network in training</source>
        <translation>回到正在训练的网络</translation>
    </message>
</context>
<context>
    <name>CanvasView</name>
    <message>
        <source>Nothing has been seen of this network yet.</source>
        <translation>还没有看到这个网络的任何内容。</translation>
    </message>
</context>
<context>
    <name>CellDiagram</name>
    <message>
        <source>1 Forget</source>
        <translation>1 遗忘</translation>
    </message>
    <message>
        <source>2 Update</source>
        <translation>2 更新</translation>
    </message>
    <message>
        <source>3 Output</source>
        <translation>3 输出</translation>
    </message>
    <message>
        <source>hand</source>
        <translation>手动</translation>
    </message>
</context>
<context>
    <name>CellParts</name>
    <message>
        <source>Forget gate f</source>
        <translation>遗忘门 f</translation>
    </message>
    <message>
        <source>Input gate i</source>
        <translation>输入门 i</translation>
    </message>
    <message>
        <source>Output gate o</source>
        <translation>输出门 o</translation>
    </message>
    <message>
        <source>Reset gate r</source>
        <translation>重置门 r</translation>
    </message>
    <message>
        <source>Update gate z</source>
        <translation>更新门 z</translation>
    </message>
    <message>
        <source>Candidate</source>
        <translation>候选值</translation>
    </message>
    <message>
        <source>Cell state c</source>
        <translation>细胞状态 c</translation>
    </message>
    <message>
        <source>Hidden state h</source>
        <translation>隐藏状态 h</translation>
    </message>
</context>
<context>
    <name>ChangedNote</name>
    <message>
        <source>Train the changed one</source>
        <translation>训练更改后的网络</translation>
    </message>
    <message>
        <source>What was learned is kept as far as it fits. New parts start with fresh random weights.</source>
        <translation>学到的内容在仍然匹配的地方保留下来。新的部分从新的随机权重开始。</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Train the changed network from fresh random weights. What was learned is forgotten.</source>
        <translation>从新的随机权重开始训练更改后的网络。学到的内容会被忘掉。</translation>
    </message>
    <message>
        <source>Take the change back</source>
        <translation>撤销更改</translation>
    </message>
    <message>
        <source>Return to the network that was trained.</source>
        <translation>回到训练过的网络。</translation>
    </message>
    <message>
        <source>You changed the network since it was trained. How should it be trained now?</source>
        <translation>训练之后您更改了网络。现在应当怎样训练？</translation>
    </message>
    <message>
        <source>You changed the network, but the training still has the old one. What should happen?</source>
        <translation>您更改了网络，但训练用的仍是旧网络。该怎么办？</translation>
    </message>
    <message>
        <source>What was learned belongs to the network before your change.</source>
        <translation>学到的内容属于更改之前的网络。</translation>
    </message>
    <message>
        <source>The training still has the old network. Mend the changed one to train it, or take it back.</source>
        <translation>训练用的仍是旧网络。请修正更改后的网络再训练它，或撤销更改。</translation>
    </message>
</context>
<context>
    <name>ClassBars</name>
    <message>
        <source>Samples of each class</source>
        <translation>各类别的样本</translation>
    </message>
    <message>
        <source>{0} ({1} %)</source>
        <translation>{0}（{1} %）</translation>
    </message>
</context>
<context>
    <name>ClippingCanvas</name>
    <message>
        <source>No gradient yet: no batch was trained.</source>
        <translation>还没有梯度：尚未训练任何批次。</translation>
    </message>
    <message>
        <source>{0} % of those looked at were clipped.</source>
        <translation>所查看的梯度中有 {0} % 被裁剪。</translation>
    </message>
    <message>
        <source>Norm {0}, clipped to {1}: the step is {2} times as long as it would be.</source>
        <translation>范数 {0}，裁剪为 {1}：这一步的长度是原来的 {2} 倍。</translation>
    </message>
    <message>
        <source>Norm {0}, below the limit of {1}: left as it is.</source>
        <translation>范数 {0}，低于上限 {1}：保持不变。</translation>
    </message>
    <message>
        <source>Step {0}: norm of the gradient {1}</source>
        <translation>第 {0} 步：梯度范数 {1}</translation>
    </message>
    <message>
        <source>, clipped to {0}</source>
        <translation>，裁剪为 {0}</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Limit {0}</source>
        <translation>上限 {0}</translation>
    </message>
</context>
<context>
    <name>CodeDialog</name>
    <message>
        <source>PyTorch code</source>
        <translation>PyTorch 代码</translation>
    </message>
    <message>
        <source>A complete program: it loads the data, trains this network and ends with the same weights, without nnviz.</source>
        <translation>一个完整的程序：载入数据，训练这个网络，最后得到同样的权重，不需要 nnviz。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>保存...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The PyTorch code is on the clipboard.</source>
        <translation>PyTorch 代码已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>CodePane</name>
    <message>
        <source>The same in PyTorch</source>
        <translation>用 PyTorch 写同样的内容</translation>
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
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>Begin with an empty network on the same data.</source>
        <translation>在同样的数据上，从一个空网络开始。</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>打开...</translation>
    </message>
    <message>
        <source>Open a project file: its network, with all that it has learned.</source>
        <translation>打开项目文件：其中的网络和它学到的一切。</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save network, settings and all that was learned; training goes on from there exactly.</source>
        <translation>保存网络、设置和学到的一切；以后训练会从这里精确地继续。</translation>
    </message>
    <message>
        <source>Save as...</source>
        <translation>另存为...</translation>
    </message>
    <message>
        <source>Save to another file, and go on with that one.</source>
        <translation>保存到另一个文件，并继续使用那个文件。</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Close nnviz; you are asked first if anything is unsaved.</source>
        <translation>关闭 nnviz；如有未保存的内容，会先询问。</translation>
    </message>
    <message>
        <source>Open your own data...</source>
        <translation>打开自己的数据...</translation>
    </message>
    <message>
        <source>Choose a table, images or arrays of your own, and see what is in them.</source>
        <translation>选择自己的表格、图像或数组，看看里面有什么。</translation>
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
    <name>Comparison</name>
    <message>
        <source>What differs</source>
        <translation>不同之处</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>ComparisonBox</name>
    <message>
        <source>Compare with</source>
        <translation>对比</translation>
    </message>
    <message>
        <source>Networks to compare with</source>
        <translation>用来对比的网络</translation>
    </message>
    <message>
        <source>Let a second network read the same drawing: where they differ is a lesson.</source>
        <translation>让第二个网络读同一个手写：两者不同的地方很有启发。</translation>
    </message>
    <message>
        <source>a linear network</source>
        <translation>线性网络</translation>
    </message>
    <message>
        <source>an MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>the bundled CNN</source>
        <translation>内置 CNN</translation>
    </message>
    <message>
        <source>Compare with...</source>
        <translation>对比...</translation>
    </message>
    <message>
        <source>another file...</source>
        <translation>其他文件...</translation>
    </message>
    <message>
        <source>A network to compare with</source>
        <translation>用来对比的网络</translation>
    </message>
</context>
<context>
    <name>Confusion</name>
    <message>
        <source>Number of samples</source>
        <translation>样本数量</translation>
    </message>
    <message>
        <source>How many samples are classified for each picture: more take more time.</source>
        <translation>每次绘图对多少个样本分类：越多越慢。</translation>
    </message>
    <message>
        <source>{0} samples</source>
        <translation>{0} 个样本</translation>
    </message>
</context>
<context>
    <name>ConfusionCanvas</name>
    <message>
        <source>{0} of {1} samples of class {2} were taken for {3}</source>
        <translation>类别 {2} 的 {1} 个样本中，有 {0} 个被认作 {3}</translation>
    </message>
    <message>
        <source>Sample {0}: it is {1}, taken for {2} with {3} %. Click to follow it through the network.</source>
        <translation>样本 {0}：实际是 {1}，以 {3} % 的把握被认作 {2}。单击可跟随它通过网络。</translation>
    </message>
    <message>
        <source>{0} of {1} right ({2} %)</source>
        <translation>{1} 个中正确 {0} 个（{2} %）</translation>
    </message>
    <message>
        <source>{0} % right</source>
        <translation>正确率 {0} %</translation>
    </message>
    <message>
        <source>it is</source>
        <translation>实际是</translation>
    </message>
    <message>
        <source>taken for</source>
        <translation>被认作</translation>
    </message>
    <message>
        <source>No mistakes</source>
        <translation>没有错误</translation>
    </message>
    <message>
        <source>Most confident mistakes</source>
        <translation>最有把握的错误</translation>
    </message>
    <message>
        <source>{0} taken for {1}</source>
        <translation>{0} 被认作 {1}</translation>
    </message>
    <message>
        <source>sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
</context>
<context>
    <name>ConvolutionCanvas</name>
    <message>
        <source>Image, kernel, feature map, ReLU and pooling</source>
        <translation>图像、卷积核、特征图、ReLU 和池化</translation>
    </message>
    <message>
        <source>Open a picture: PNG, JPEG and others.</source>
        <translation>打开一张图片：PNG、JPEG 等。</translation>
    </message>
    <message>
        <source>Empty the image, to draw on it.</source>
        <translation>清空图像，以便在上面画。</translation>
    </message>
    <message>
        <source>Stage {0}: {1}</source>
        <translation>第 {0} 级：{1}</translation>
    </message>
    <message>
        <source>Stage {0}: nothing comes in</source>
        <translation>第 {0} 级：没有输入</translation>
    </message>
    <message>
        <source>Max pooling</source>
        <translation>最大池化</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>平均池化</translation>
    </message>
    <message>
        <source>L2-norm pooling</source>
        <translation>L2 范数池化</translation>
    </message>
    <message>
        <source>row {0}, column {1}: {2}</source>
        <translation>第 {0} 行第 {1} 列：{2}</translation>
    </message>
    <message>
        <source>{0}, padding {1}</source>
        <translation>{0}，填充 {1}</translation>
    </message>
    <message>
        <source>Pooled map 1</source>
        <translation>第 1 级池化图</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>Feature map</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>After ReLU</source>
        <translation>经过 ReLU</translation>
    </message>
    <message>
        <source>Feature map: row {0}, column {1}</source>
        <translation>特征图：第 {0} 行第 {1} 列</translation>
    </message>
    <message>
        <source>After ReLU: row {0}, column {1}</source>
        <translation>经过 ReLU：第 {0} 行第 {1} 列</translation>
    </message>
    <message>
        <source>Pooled map: row {0}, column {1}</source>
        <translation>池化图：第 {0} 行第 {1} 列</translation>
    </message>
    <message>
        <source>the cell under the mouse; click to go there</source>
        <translation>鼠标所指的格子；点击即可走到那里</translation>
    </message>
    <message>
        <source>the last step</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>the next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Open a picture</source>
        <translation>打开图片</translation>
    </message>
</context>
<context>
    <name>ConvolutionLab</name>
    <message>
        <source>You set the bias to &lt;b&gt;{0}&lt;/b&gt;: every cell of the feature map moved by as much.</source>
        <translation>你把偏置设为 &lt;b&gt;{0}&lt;/b&gt;：特征图的每个格子都移动了同样多。</translation>
    </message>
    <message>
        <source>You drew on the image: every cell whose window sees the stroke has changed.</source>
        <translation>你在图像上画了一笔：窗口里看得到这一笔的格子都变了。</translation>
    </message>
    <message>
        <source>The image is empty: draw on it with the mouse.</source>
        <translation>图像是空的：用鼠标在上面画吧。</translation>
    </message>
    <message>
        <source>{0} is an image of {1} × {2} now: 0 is black, 1 is white.</source>
        <translation>{0} 现在是一幅 {1} × {2} 的图像：0 是黑，1 是白。</translation>
    </message>
</context>
<context>
    <name>ConvolutionTerms</name>
    <message>
        <source>pixels</source>
        <translation>像素</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>products</source>
        <translation>乘积</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>squares</source>
        <translation>平方</translation>
    </message>
    <message>
        <source>feature map</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>sum {0}</source>
        <translation>和 {0}</translation>
    </message>
    <message>
        <source>+ bias {0}</source>
        <translation>+ 偏置 {0}</translation>
    </message>
    <message>
        <source>largest of {0}</source>
        <translation>{0} 个数中最大的</translation>
    </message>
    <message>
        <source>divided by {0}</source>
        <translation>除以 {0}</translation>
    </message>
    <message>
        <source>square root</source>
        <translation>开平方</translation>
    </message>
</context>
<context>
    <name>ConvolutionWords</name>
    <message>
        <source>A small &lt;b&gt;kernel&lt;/b&gt; of weights slides over the image. At each place every weight is multiplied with the pixel under it; the sum of the products plus a &lt;b&gt;bias&lt;/b&gt; is one cell of the &lt;b&gt;feature map&lt;/b&gt;: large where the image looks like the kernel. The same few weights serve the whole image. Networks learn them: the kernels learned 1 to 8 are of the network that reads your drawings. &lt;b&gt;Padding&lt;/b&gt; is a border of zeros (dashed), &lt;b&gt;stride&lt;/b&gt; how far the kernel goes on, &lt;b&gt;dilation&lt;/b&gt; how far apart the pixels are that it looks at. A side of n becomes floor((n + 2p - d(k - 1) - 1) / s) + 1.&lt;br&gt;&lt;b&gt;ReLU&lt;/b&gt; makes what is below 0 a 0. &lt;b&gt;Pooling&lt;/b&gt; keeps one number of each window: the largest (max), the mean (average) or the root of the sum of squares (L2 norm). The map shrinks, and a pattern that moves a little changes little.&lt;br&gt;Orange is below 0, blue above; a stage has one scale. Pale cells are still to be computed.</source>
        <translation>一个由权重组成的小&lt;b&gt;卷积核&lt;/b&gt;在图像上滑动。在每个位置，每个权重都与它下面的像素相乘；乘积之和加上&lt;b&gt;偏置&lt;/b&gt;，就是&lt;b&gt;特征图&lt;/b&gt;的一个格子：图像与卷积核相像的地方值就大。整幅图像共用这几个权重。网络自己学出它们：“学到的 1”到“学到的 8”来自识别你所画数字的网络。&lt;b&gt;填充&lt;/b&gt;是一圈零（虚线），&lt;b&gt;步幅&lt;/b&gt;是卷积核每次前进多远，&lt;b&gt;空洞率&lt;/b&gt;是它所看的像素相距多远。边长 n 变为 floor((n + 2p - d(k - 1) - 1) / s) + 1。&lt;br&gt;&lt;b&gt;ReLU&lt;/b&gt; 把小于 0 的变成 0。&lt;b&gt;池化&lt;/b&gt;让每个窗口只留下一个数：最大的（最大）、平均值（平均）或平方和的根（L2 范数）。图变小了，图案稍微移动，结果也变化不大。&lt;br&gt;橙色小于 0，蓝色大于 0；一级用一个色标。浅色的格子还有待计算。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Choose&lt;/b&gt; image, kernel, stride, padding, dilation and pooling in the settings below.</source>
        <translation>在下方的设置中&lt;b&gt;选择&lt;/b&gt;图像、卷积核、步幅、填充、空洞率和池化。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Draw&lt;/b&gt; on the image (starting on ink, you erase; right button: always erase), or drop a picture on it. &lt;b&gt;Click&lt;/b&gt; a weight or the bias and type, or &lt;b&gt;drag&lt;/b&gt; it up or down, or turn the wheel; with keys: up, down, +, -, Enter. &lt;b&gt;Point&lt;/b&gt; at any cell to see its arithmetic, click to go there. &lt;b&gt;Step&lt;/b&gt; or &lt;b&gt;run&lt;/b&gt; by cells, rows, maps or stages. If there is a second stage, the tabs above the picture (keys 1 and 2) lead from one to the other.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; which kernel leaves an even surface at 0, and which keeps it? What must the padding be so that a 5 x 5 kernel keeps the size? Draw a line, then the same one pixel further: what does max pooling make of both?</source>
        <translation>在图像上&lt;b&gt;画&lt;/b&gt;（从有墨的地方开始就是擦除；右键总是擦除），或把一张图片拖到上面。&lt;b&gt;点击&lt;/b&gt;一个权重或偏置并输入数字，或上下&lt;b&gt;拖动&lt;/b&gt;它，或转动滚轮；用键盘：上、下、+、-、Enter。&lt;b&gt;指&lt;/b&gt;向任何一个格子，就能看到它是怎么算出来的，点击即可走到那里。按格子、行、图或级&lt;b&gt;单步&lt;/b&gt;或&lt;b&gt;运行&lt;/b&gt;。如果有第二级，图上方的标签（按键 1 和 2）可以在两级之间切换。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;哪个卷积核让均匀的面变成 0，哪个让它保持不变？填充必须是多少，5 x 5 的卷积核才能保持大小？画一条线，再在相隔一个像素处画同样一条：最大池化对两者各得到什么？</translation>
    </message>
    <message>
        <source>You set the weight in row {0}, column {1} to &lt;b&gt;{2}&lt;/b&gt;.</source>
        <translation>你把第 {0} 行第 {1} 列的权重设为 &lt;b&gt;{2}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>The feature map goes from {0} to {1} now.</source>
        <translation>特征图的值现在从 {0} 到 {1}。</translation>
    </message>
    <message>
        <source>The kernel does not fit: it spans {0} pixels, and the padded image has {1}. More padding, or a smaller kernel or dilation, helps.</source>
        <translation>卷积核放不下：它跨 {0} 个像素，而填充后的图像只有 {1} 个。增大填充，或者减小卷积核或空洞率即可。</translation>
    </message>
    <message>
        <source>The window of {0} × {0} is larger than the map of {1}. Make it smaller.</source>
        <translation>{0} × {0} 的窗口比 {1} 的图还大。请把它改小。</translation>
    </message>
    <message>
        <source>Nothing is computed yet. The kernel lies on its first place; step, and its {0} products become the first cell. The feature map will have {1} rows.</source>
        <translation>还没有计算任何东西。卷积核在它的第一个位置上；走一步，它的 {0} 个乘积就成为第一个格子。特征图将有 {1} 行。</translation>
    </message>
    <message>
        <source>ReLU: &lt;b&gt;{0}&lt;/b&gt; of {1} cells were below 0 and are 0 now; the others stay as they are.</source>
        <translation>ReLU：{1} 个格子中有 &lt;b&gt;{0}&lt;/b&gt; 个原来小于 0，现在是 0；其余不变。</translation>
    </message>
    <message>
        <source>Row {0}, column {1} of the feature map: the {2} products add up to {3}, plus bias {4}: {5}.</source>
        <translation>特征图第 {0} 行第 {1} 列：{2} 个乘积之和为 {3}，加上偏置 {4}：{5}。</translation>
    </message>
    <message>
        <source>Row {0}, column {1} of the pooled map: the largest of {2} numbers is {4}.</source>
        <translation>池化图第 {0} 行第 {1} 列：{2} 个数中最大的是 {4}。</translation>
    </message>
    <message>
        <source>Row {0}, column {1} of the pooled map: {2} numbers add up to {3}; the mean is {4}.</source>
        <translation>池化图第 {0} 行第 {1} 列：{2} 个数之和为 {3}；平均值是 {4}。</translation>
    </message>
    <message>
        <source>Row {0}, column {1} of the pooled map: {2} squares add up to {3}; the square root is {4}.</source>
        <translation>池化图第 {0} 行第 {1} 列：{2} 个平方之和为 {3}；平方根是 {4}。</translation>
    </message>
    <message>
        <source>The map is complete, {0}.</source>
        <translation>这张图完成了，{0}。</translation>
    </message>
    <message>
        <source>Before the first cell</source>
        <translation>在第一个格子之前</translation>
    </message>
    <message>
        <source>{0} {1}, {2}</source>
        <translation>{0} {1}, {2}</translation>
    </message>
    <message>
        <source>Stage {0}: {1}</source>
        <translation>第 {0} 级：{1}</translation>
    </message>
    <message>
        <source>Convolution</source>
        <translation>卷积</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Feature map: {0}</source>
        <translation>特征图：{0}</translation>
    </message>
    <message>
        <source>Pooling: {0}</source>
        <translation>池化：{0}</translation>
    </message>
    <message>
        <source>{0} rows; {1} columns</source>
        <translation>{0} 行；{1} 列</translation>
    </message>
</context>
<context>
    <name>CurveOptions</name>
    <message>
        <source>Options of {0}</source>
        <translation>{0}的选项</translation>
    </message>
    <message>
        <source>Smoothing, earlier runs and events.</source>
        <translation>平滑、以前的运行和事件。</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>Where the learning rate changed, the best measurement, an early stop.</source>
        <translation>学习率变化之处、最佳测量值、提前停止。</translation>
    </message>
    <message>
        <source>Earlier runs, faded</source>
        <translation>以前的运行（淡色）</translation>
    </message>
    <message>
        <source>The last runs with the same data and the same loss.</source>
        <translation>最近几次使用相同数据和相同损失函数的运行。</translation>
    </message>
    <message>
        <source>There is none yet</source>
        <translation>还没有</translation>
    </message>
</context>
<context>
    <name>CurveView</name>
    <message>
        <source>Step (batches trained)</source>
        <translation>步（已训练的批次数）</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>rate {0}</source>
        <translation>学习率 {0}</translation>
    </message>
    <message>
        <source>rate highest</source>
        <translation>学习率最高</translation>
    </message>
    <message>
        <source>stopped early</source>
        <translation>提前停止</translation>
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
    <name>CurvesPanel</name>
    <message>
        <source>What is drawn</source>
        <translation>绘制的内容</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>━ Training</source>
        <translation>━ 训练</translation>
    </message>
    <message>
        <source>Single batches, as a line.</source>
        <translation>单个批次，画成线。</translation>
    </message>
    <message>
        <source>╍ Validation</source>
        <translation>╍ 验证</translation>
    </message>
    <message>
        <source>Data that is never trained on, as a dashed line.</source>
        <translation>从不用于训练的数据，画成虚线。</translation>
    </message>
    <message>
        <source>Log scale</source>
        <translation>对数刻度</translation>
    </message>
    <message>
        <source>Equal ratios at equal distances.</source>
        <translation>相等的比例，相等的距离。</translation>
    </message>
    <message>
        <source>Step (batches trained)</source>
        <translation>步（已训练的批次）</translation>
    </message>
    <message>
        <source>Curves of the chosen runs</source>
        <translation>所选运行的曲线</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>at the end</source>
        <translation>结束时</translation>
    </message>
    <message>
        <source>Training, {0}</source>
        <translation>训练，{0}</translation>
    </message>
    <message>
        <source>Validation, {0}</source>
        <translation>验证，{0}</translation>
    </message>
</context>
<context>
    <name>DiagramCanvas</name>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>{0}, weight from {1} to {2}: {3}</source>
        <translation>{0}，从 {1} 到 {2} 的权重：{3}</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Input {0}: mean {1}</source>
        <translation>输入 {0}：平均值 {1}</translation>
    </message>
    <message>
        <source>{0}, neuron {1}: mean output {2}</source>
        <translation>{0}，神经元 {1}：平均输出 {2}</translation>
    </message>
    <message>
        <source>bias {0}</source>
        <translation>偏置 {0}</translation>
    </message>
    <message>
        <source>weights {0}</source>
        <translation>权重 {0}</translation>
    </message>
    <message>
        <source>{0}; {1} parameters</source>
        <translation>{0}；{1} 个参数</translation>
    </message>
    <message>
        <source>{0}; root mean square of the weights {1}</source>
        <translation>{0}；权重的均方根 {1}</translation>
    </message>
    <message>
        <source>weights ±{0}</source>
        <translation>权重 ±{0}</translation>
    </message>
</context>
<context>
    <name>DrawWorkspace</name>
    <message>
        <source>Why?</source>
        <translation>为什么？</translation>
    </message>
    <message>
        <source>Show which pixels spoke for the answer and which against it: gradient times input of each pixel.</source>
        <translation>显示哪些像素支持这个答案，哪些反对它：每个像素的梯度乘以输入。</translation>
    </message>
    <message>
        <source>How sure it is</source>
        <translation>它有多大把握</translation>
    </message>
    <message>
        <source>What it sees</source>
        <translation>它看到的</translation>
    </message>
    <message>
        <source>Through the network</source>
        <translation>逐层查看</translation>
    </message>
    <message>
        <source>From the drawing to the network</source>
        <translation>从手写到网络</translation>
    </message>
    <message>
        <source>How sure it is of the first digit</source>
        <translation>它对第一个数字有多大把握</translation>
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
        <source>Reading the picture... Esc gives it up.</source>
        <translation>正在读取图片……按 Esc 放弃。</translation>
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
    <name>DropHint</name>
    <message>
        <source>You see what is in it before anything changes.</source>
        <translation>在任何更改之前，您会先看到其中的内容。</translation>
    </message>
    <message>
        <source>Drop to open {0} as your own data</source>
        <translation>松开以打开 {0} 作为自己的数据</translation>
    </message>
</context>
<context>
    <name>Edge</name>
    <message>
        <source>Click to insert a layer here.</source>
        <translation>单击可在这里插入一层。</translation>
    </message>
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
    <name>Embedding</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>t-SNE</source>
        <translation>t-SNE</translation>
    </message>
    <message>
        <source>Map the samples as they are now so that neighbours stay neighbours. Takes a few seconds.</source>
        <translation>把样本按现在的状态映射到平面上，使邻居仍是邻居。需要几秒钟。</translation>
    </message>
    <message>
        <source>{0}, principal components: {1} % and {2} % of the variance</source>
        <translation>{0}，主成分：占方差的 {1} % 和 {2} %</translation>
    </message>
    <message>
        <source>Mapping...</source>
        <translation>正在映射...</translation>
    </message>
    <message>
        <source>{0}, t-SNE of step {1}</source>
        <translation>{0}，第 {1} 步的 t-SNE</translation>
    </message>
</context>
<context>
    <name>EmbeddingCanvas</name>
    <message>
        <source>Sample {0}: {1}. Click to follow it through the network.</source>
        <translation>样本 {0}：{1}。单击可跟随它通过网络。</translation>
    </message>
</context>
<context>
    <name>EmptyNote</name>
    <message>
        <source>Drag a layer here, or type its name</source>
        <translation>把层拖到这里，或输入它的名称</translation>
    </message>
</context>
<context>
    <name>Examiner</name>
    <message>
        <source>{0} could not be read: {1}</source>
        <translation>无法读取 {0}：{1}</translation>
    </message>
</context>
<context>
    <name>Explanation</name>
    <message>
        <source>Sum of {0} products</source>
        <translation>{0} 个乘积之和</translation>
    </message>
    <message>
        <source>+ bias</source>
        <translation>+ 偏置</translation>
    </message>
    <message>
        <source>Largest of {0} values</source>
        <translation>{0} 个值中的最大值</translation>
    </message>
    <message>
        <source>Mean of {0} values</source>
        <translation>{0} 个值的平均值</translation>
    </message>
    <message>
        <source>Root of the sum of {0} squares</source>
        <translation>{0} 个平方之和的平方根</translation>
    </message>
    <message>
        <source>channel {0}</source>
        <translation>通道 {0}</translation>
    </message>
    <message>
        <source>The other {0} channels</source>
        <translation>其余 {0} 个通道</translation>
    </message>
    <message>
        <source>The other {0} inputs</source>
        <translation>其余 {0} 个输入</translation>
    </message>
</context>
<context>
    <name>ExportMenu</name>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The network cannot be trained as it is: {0}</source>
        <translation>网络现在这样无法训练：{0}</translation>
    </message>
    <message>
        <source>The network has no layers yet.</source>
        <translation>网络还没有层。</translation>
    </message>
    <message>
        <source>Train the network first: there is nothing learned yet.</source>
        <translation>请先训练网络：还没有学到任何内容。</translation>
    </message>
    <message>
        <source>Show PyTorch code...</source>
        <translation>显示 PyTorch 代码...</translation>
    </message>
    <message>
        <source>The whole program behind this network, to read, copy and save.</source>
        <translation>这个网络背后的完整程序，可以阅读、复制和保存。</translation>
    </message>
    <message>
        <source>Copy PyTorch code</source>
        <translation>复制 PyTorch 代码</translation>
    </message>
    <message>
        <source>The same program, ready to be pasted.</source>
        <translation>同一个程序，可以直接粘贴。</translation>
    </message>
    <message>
        <source>PyTorch script...</source>
        <translation>PyTorch 脚本...</translation>
    </message>
    <message>
        <source>A program that loads the data, trains this network and ends with the same weights, without nnviz.</source>
        <translation>一个程序：载入数据，训练这个网络，最后得到同样的权重，不需要 nnviz。</translation>
    </message>
    <message>
        <source>ONNX model...</source>
        <translation>ONNX 模型...</translation>
    </message>
    <message>
        <source>The trained network for other programs, phones and browsers.</source>
        <translation>训练好的网络，供其他程序、手机和浏览器使用。</translation>
    </message>
    <message>
        <source>Training history as CSV...</source>
        <translation>训练历史（CSV）...</translation>
    </message>
    <message>
        <source>Loss and accuracy of every measured step, for a spreadsheet.</source>
        <translation>每个测量步的损失和准确率，供电子表格使用。</translation>
    </message>
    <message>
        <source>Architecture as SVG...</source>
        <translation>网络结构（SVG）...</translation>
    </message>
    <message>
        <source>A drawing of the layers that stays sharp at any size.</source>
        <translation>各层的矢量图，在任何大小下都清晰。</translation>
    </message>
    <message>
        <source>Architecture as PNG...</source>
        <translation>网络结构（PNG）...</translation>
    </message>
    <message>
        <source>A picture of the layers.</source>
        <translation>各层的图片。</translation>
    </message>
    <message>
        <source>Export PyTorch script</source>
        <translation>导出 PyTorch 脚本</translation>
    </message>
    <message>
        <source>Python scripts</source>
        <translation>Python 脚本</translation>
    </message>
    <message>
        <source>Export ONNX model</source>
        <translation>导出 ONNX 模型</translation>
    </message>
    <message>
        <source>ONNX models</source>
        <translation>ONNX 模型</translation>
    </message>
    <message>
        <source>Export training history</source>
        <translation>导出训练历史</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Export architecture</source>
        <translation>导出网络结构</translation>
    </message>
    <message>
        <source>Drawings</source>
        <translation>矢量图</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>ONNX files need more packages: install them with pip install &quot;nnviz[onnx]&quot;.</source>
        <translation>ONNX 文件还需要其他软件包：请用 pip install &quot;nnviz[onnx]&quot; 安装。</translation>
    </message>
    <message>
        <source>The PyTorch code is on the clipboard.</source>
        <translation>PyTorch 代码已复制到剪贴板。</translation>
    </message>
    <message>
        <source>Exported {0}.</source>
        <translation>已导出 {0}。</translation>
    </message>
</context>
<context>
    <name>FeatureMaps</name>
    <message>
        <source>Sample </source>
        <translation>样本 </translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation>样本的编号</translation>
    </message>
</context>
<context>
    <name>FileDesk</name>
    <message>
        <source>{0}, from step {1}</source>
        <translation>{0}，自第 {1} 步</translation>
    </message>
    <message>
        <source>{0} is open, as it was left.</source>
        <translation>{0} 已打开，与离开时一样。</translation>
    </message>
    <message>
        <source>{0}: change what you like, then press Train.</source>
        <translation>{0}：更改您想改的内容，然后按“训练”。</translation>
    </message>
    <message>
        <source>Save changes?</source>
        <translation>保存更改？</translation>
    </message>
    <message>
        <source>Save the changes to {0}?</source>
        <translation>要保存对 {0} 的更改吗？</translation>
    </message>
    <message>
        <source>What was edited and what the network has learned since would be lost.</source>
        <translation>否则所做的编辑和网络此后学到的内容都会丢失。</translation>
    </message>
    <message>
        <source>Don&apos;t save</source>
        <translation>不保存</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>A new, empty network. Add layers under Network.</source>
        <translation>一个新的空网络。请在“网络”页添加层。</translation>
    </message>
    <message>
        <source>Opening {0}.</source>
        <translation>正在打开 {0}。</translation>
    </message>
    <message>
        <source>Opened {0}.</source>
        <translation>已打开 {0}。</translation>
    </message>
    <message>
        <source>Saved {0} without weights: the network or its data was changed since it was trained, so what was learned does not fit it. Train it again, or undo the changes and save.</source>
        <translation>已保存 {0}，但不含权重：网络或数据在训练之后更改过，学到的内容与它不再匹配。请重新训练，或撤销更改后再保存。</translation>
    </message>
    <message>
        <source>Saved {0} with what was learned. How it learns was changed, so training starts anew from the file.</source>
        <translation>已保存 {0} 和学到的内容。学习的方式更改过，所以从这个文件打开后训练会重新开始。</translation>
    </message>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose another place...</source>
        <translation>选择其他位置...</translation>
    </message>
    <message>
        <source>Save project</source>
        <translation>保存项目</translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>打开项目</translation>
    </message>
    <message>
        <source>nnviz projects</source>
        <translation>nnviz 项目</translation>
    </message>
    <message>
        <source>{0} is not there any more; it was taken off the list.</source>
        <translation>{0} 已经不在那里了；已从列表中移除。</translation>
    </message>
</context>
<context>
    <name>FileMenu</name>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>打开最近的文件</translation>
    </message>
    <message>
        <source>{0} (gone)</source>
        <translation>{0}（已不存在）</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>清空此列表</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>Forecast</name>
    <message>
        <source>Series</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>Which of the validation data&apos;s series is shown.</source>
        <translation>显示验证数据中的哪一条序列。</translation>
    </message>
    <message>
        <source>Series </source>
        <translation>序列 </translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>How many true values the network reads before it is left alone.</source>
        <translation>在让网络自行继续之前，它先读入多少个真实值。</translation>
    </message>
    <message>
        <source>Warm-up </source>
        <translation>预热 </translation>
    </message>
</context>
<context>
    <name>ForecastCanvas</name>
    <message>
        <source>time step</source>
        <translation>时间步</translation>
    </message>
    <message>
        <source>steps ahead</source>
        <translation>向前的步数</translation>
    </message>
    <message>
        <source>warm-up: true values are read</source>
        <translation>预热：读入真实值</translation>
    </message>
    <message>
        <source>Series {0}</source>
        <translation>序列 {0}</translation>
    </message>
    <message>
        <source>truth</source>
        <translation>真实值</translation>
    </message>
    <message>
        <source>forecast from itself</source>
        <translation>由自身继续的预测</translation>
    </message>
    <message>
        <source>Error (root mean square)</source>
        <translation>误差（均方根）</translation>
    </message>
    <message>
        <source>forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>last value repeated</source>
        <translation>重复最后一个值</translation>
    </message>
    <message>
        <source>Step {0}: {1}</source>
        <translation>第 {0} 步：{1}</translation>
    </message>
    <message>
        <source>, forecast {0}</source>
        <translation>，预测 {0}</translation>
    </message>
    <message>
        <source>{0} steps ahead: error {1}, of the last value repeated {2}</source>
        <translation>向前 {0} 步：误差 {1}，重复最后一个值的误差 {2}</translation>
    </message>
</context>
<context>
    <name>GatesCanvas</name>
    <message>
        <source>Step {0}: the sequence is over</source>
        <translation>第 {0} 步：序列已结束</translation>
    </message>
    <message>
        <source>{0}, unit {1}, step {2}</source>
        <translation>{0}，第 {1} 个单元，第 {2} 步</translation>
    </message>
    <message>
        <source>Unit {0}, step {1}</source>
        <translation>第 {0} 个单元，第 {1} 步</translation>
    </message>
    <message>
        <source>Step of the sequence</source>
        <translation>序列的步</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Unit {0}</source>
        <translation>第 {0} 个单元</translation>
    </message>
    <message>
        <source>Recomputed from the weights; the fused kernel differs by {0} at most.</source>
        <translation>由权重重新计算；与融合内核的差异至多为 {0}。</translation>
    </message>
    <message>
        <source>Answer {0} ({1} %), right is {2}.</source>
        <translation>回答 {0}（{1} %），正确的是 {2}。</translation>
    </message>
    <message>
        <source>Answer {0}, right is {1}.</source>
        <translation>回答 {0}，正确的是 {1}。</translation>
    </message>
    <message>
        <source>Step {0}: {1} with {2} %</source>
        <translation>第 {0} 步：{1}，概率 {2} %</translation>
    </message>
    <message>
        <source>; right is {0}</source>
        <translation>；正确的是 {0}</translation>
    </message>
    <message>
        <source>Step {0}: {1}</source>
        <translation>第 {0} 步：{1}</translation>
    </message>
</context>
<context>
    <name>GradientCanvas</name>
    <message>
        <source>Norm of the gradient, step {0}</source>
        <translation>梯度的范数，第 {0} 步</translation>
    </message>
    <message>
        <source>{0}: no step was trained yet</source>
        <translation>{0}：还没有训练过任何一步</translation>
    </message>
    <message>
        <source>{0}: norm of the gradient {1}, largest entry {2}</source>
        <translation>{0}：梯度的范数 {1}，最大元素 {2}</translation>
    </message>
    <message>
        <source>; the last step moved the weights by {0} of their norm</source>
        <translation>；最近一步使权重移动了其范数的 {0}</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>元素</translation>
    </message>
    <message>
        <source>Norm now</source>
        <translation>当前范数</translation>
    </message>
    <message>
        <source>Update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Norm of the gradient over time</source>
        <translation>梯度范数随时间的变化</translation>
    </message>
    <message>
        <source>Norm over time</source>
        <translation>范数随时间的变化</translation>
    </message>
    <message>
        <source>Norm</source>
        <translation>范数</translation>
    </message>
    <message>
        <source>No layer has weights.</source>
        <translation>没有含权重的层。</translation>
    </message>
</context>
<context>
    <name>GradientDescentCanvas</name>
    <message>
        <source>Map of the loss with the paths of the optimisers, their names and losses</source>
        <translation>损失的地形图，带有各优化器的路径、名称和损失</translation>
    </message>
    <message>
        <source>weight w1</source>
        <translation>权重 w1</translation>
    </message>
    <message>
        <source>weight w2</source>
        <translation>权重 w2</translation>
    </message>
    <message>
        <source>w1, from the input to the hidden unit</source>
        <translation>w1：从输入到隐藏单元</translation>
    </message>
    <message>
        <source>w2, from the hidden unit to the output</source>
        <translation>w2：从隐藏单元到输出</translation>
    </message>
    <message>
        <source>loss L</source>
        <translation>损失 L</translation>
    </message>
    <message>
        <source>minimum</source>
        <translation>极小值</translation>
    </message>
    <message>
        <source>higher minimum</source>
        <translation>较高的极小值</translation>
    </message>
    <message>
        <source>start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>w = ({0}, {1})</source>
        <translation>w = ({0}, {1})</translation>
    </message>
    <message>
        <source>loss {0}</source>
        <translation>损失 {0}</translation>
    </message>
    <message>
        <source>gradient ({0}, {1})</source>
        <translation>梯度 ({0}, {1})</translation>
    </message>
</context>
<context>
    <name>GradientDescentLab</name>
    <message>
        <source>the brighter</source>
        <translation>越亮</translation>
    </message>
    <message>
        <source>the darker</source>
        <translation>越深</translation>
    </message>
    <message>
        <source>The &lt;b&gt;loss&lt;/b&gt; L of two weights as a landscape: {0} the colour, the larger the loss; along a line it is equal. An &lt;b&gt;optimiser&lt;/b&gt; knows no more of it than the &lt;b&gt;gradient&lt;/b&gt; under its feet.</source>
        <translation>两个权重的&lt;b&gt;损失&lt;/b&gt; L 画成地形：颜色{0}，损失越大；同一条线上损失相等。&lt;b&gt;优化器&lt;/b&gt;对它的了解仅限于脚下的&lt;b&gt;梯度&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>The &lt;b&gt;bowl&lt;/b&gt; is equally steep in all directions: downhill leads straight to its end.</source>
        <translation>&lt;b&gt;碗&lt;/b&gt;在各个方向同样陡：沿下坡方向直达碗底。</translation>
    </message>
    <message>
        <source>The &lt;b&gt;ravine&lt;/b&gt; is 25 times as curved across as along: gradient descent bounces from wall to wall, and above a rate of 2/25 = 0.08 it diverges.</source>
        <translation>&lt;b&gt;峡谷&lt;/b&gt;横向的曲率是纵向的 25 倍：梯度下降在两壁之间来回弹跳，学习率超过 2/25 = 0.08 就会发散。</translation>
    </message>
    <message>
        <source>At the &lt;b&gt;saddle&lt;/b&gt; (0, 0) the gradient is 0, but it is no minimum. All begin almost on its ridge, with hardly a slope to the side.</source>
        <translation>在&lt;b&gt;鞍点&lt;/b&gt; (0, 0) 梯度为 0，但它不是极小值。所有优化器几乎都从脊线上出发，侧向几乎没有坡度。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Beale&apos;s function&lt;/b&gt;: a long flat valley between walls of ten thousands. One rate has to serve both.</source>
        <translation>&lt;b&gt;Beale 函数&lt;/b&gt;：高达数万的峭壁之间有一条平坦的长谷。同一个学习率必须兼顾两者。</translation>
    </message>
    <message>
        <source>Of &lt;b&gt;two minima&lt;/b&gt; the left one is lower. In the near one the gradient is 0 too: who rolls slowly stays there.</source>
        <translation>&lt;b&gt;两个极小值&lt;/b&gt;中左边的更低。近处那个的梯度也是 0：滚得慢的就停在那里。</translation>
    </message>
    <message>
        <source>The real loss of a &lt;b&gt;network with two weights&lt;/b&gt;: output = w2 tanh(w1 x), mean squared error on 100 noisy points. With both signs changed it is the same network: hence two equal minima, and a saddle between them.</source>
        <translation>一个&lt;b&gt;只有两个权重的网络&lt;/b&gt;的真实损失：输出 = w2 tanh(w1 x)，100 个带噪声点上的均方误差。两个权重同时变号，网络不变：因此有两个相同的极小值，中间是一个鞍点。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Choose&lt;/b&gt; the surface, learning rate, momentum and size of the batches in the settings below.</source>
        <translation>在下方的设置中&lt;b&gt;选择&lt;/b&gt;曲面、学习率、动量和批量大小。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Run&lt;/b&gt; or &lt;b&gt;step&lt;/b&gt;. &lt;b&gt;Drag&lt;/b&gt; the start, or move it with Shift and the arrow keys: all paths follow. &lt;b&gt;Point&lt;/b&gt; anywhere: the arrow points downhill, against the gradient. &lt;b&gt;Click&lt;/b&gt; a name or press its number to take it out of the race; Page Up and Page Down choose whom the texts follow. A step that looks at a small &lt;b&gt;batch&lt;/b&gt; of the 100 samples has a noisy gradient: the error goes about with 1 / (square root of the size).&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; in the ravine raise the rate to 0.09: who diverges? Who finds the lower of two minima? With batches of 1, who comes to rest?</source>
        <translation>&lt;b&gt;运行&lt;/b&gt;或&lt;b&gt;单步&lt;/b&gt;。&lt;b&gt;拖动&lt;/b&gt;起点，或用 Shift 加方向键移动它：所有路径随之改变。&lt;b&gt;指向&lt;/b&gt;任意位置：箭头指向下坡，与梯度相反。&lt;b&gt;单击&lt;/b&gt;名称或按它的数字键，可让它退出比赛；Page Up 和 Page Down 选择文字跟随谁。只看 100 个样本中一小&lt;b&gt;批&lt;/b&gt;的一步，梯度带有噪声：误差大约与 1 /（批大小的平方根）成正比。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;在峡谷中把学习率提高到 0.09：谁会发散？谁能找到两个极小值中较低的那个？批大小为 1 时，谁能停下来？</translation>
    </message>
    <message>
        <source>All begin at w = {0}. There the loss is &lt;b&gt;{1}&lt;/b&gt; and its gradient {2}: the way down is against it.</source>
        <translation>所有优化器从 w = {0} 出发。那里的损失是 &lt;b&gt;{1}&lt;/b&gt;，梯度是 {2}：下坡方向与它相反。</translation>
    </message>
    <message>
        <source>Step {0}. The paths are being computed ...</source>
        <translation>第 {0} 步。正在计算路径……</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0} has diverged&lt;/b&gt;: after step {1} its loss is {2}. Its steps overshoot by more each time. Take a smaller learning rate.</source>
        <translation>&lt;b&gt;{0}已发散&lt;/b&gt;：第 {1} 步之后损失为 {2}。它的步子一次比一次冲得更过头。请减小学习率。</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, step {1}: the gradient of its batch is {2}; w moves by {3} to {4}.</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;，第 {1} 步：这一批的梯度是 {2}；w 移动 {3}，到达 {4}。</translation>
    </message>
    <message>
        <source>&lt;b&gt;{0}&lt;/b&gt;, step {1}: the gradient is {2}; w moves by {3} to {4}.</source>
        <translation>&lt;b&gt;{0}&lt;/b&gt;，第 {1} 步：梯度是 {2}；w 移动 {3}，到达 {4}。</translation>
    </message>
    <message>
        <source>The loss falls from {0} to &lt;b&gt;{1}&lt;/b&gt;.</source>
        <translation>损失从 {0} 降到 &lt;b&gt;{1}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>The loss &lt;b&gt;rises&lt;/b&gt; from {0} to &lt;b&gt;{1}&lt;/b&gt;.</source>
        <translation>损失从 {0} &lt;b&gt;升&lt;/b&gt;到 &lt;b&gt;{1}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>The loss stays at &lt;b&gt;{1}&lt;/b&gt;.</source>
        <translation>损失保持在 &lt;b&gt;{1}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>It has left the picture.</source>
        <translation>它已离开画面。</translation>
    </message>
    <message>
        <source>It is at a minimum, but not the lowest.</source>
        <translation>它在一个极小值处，但不是最低的。</translation>
    </message>
    <message>
        <source>It is at the minimum.</source>
        <translation>它到达了极小值。</translation>
    </message>
    <message>
        <source>Step {0} of {1}</source>
        <translation>第 {0} 步，共 {1} 步</translation>
    </message>
</context>
<context>
    <name>GradientDescentPanel</name>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>distance</source>
        <translation>距离</translation>
    </message>
    <message>
        <source>diverged</source>
        <translation>已发散</translation>
    </message>
    <message>
        <source>out of the picture</source>
        <translation>在画面之外</translation>
    </message>
    <message>
        <source>loss above the lowest minimum</source>
        <translation>高出最低极小值的损失</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>100 samples (x, y) and the network&apos;s output</source>
        <translation>100 个样本 (x, y) 和网络的输出</translation>
    </message>
</context>
<context>
    <name>HiddenCanvas</name>
    <message>
        <source>{0}: {1} units across, ordered by activity; mean {2}; {3} never on, {4} always on</source>
        <translation>{0}：横向 {1} 个单元，按活跃程度排序；平均值 {2}；{3} 个从不开启，{4} 个始终开启</translation>
    </message>
    <message>
        <source>light: off; dark: on. A row per sample.</source>
        <translation>浅色：关；深色：开。每行一个样本。</translation>
    </message>
    <message>
        <source>dark: off; light: on. A row per sample.</source>
        <translation>深色：关；浅色：开。每行一个样本。</translation>
    </message>
    <message>
        <source>Unit {0}, sample {1}: {2}; on average {3}</source>
        <translation>单元 {0}，样本 {1}：{2}；平均 {3}</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Open your own data</source>
        <translation>打开自己的数据</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>文件或文件夹</translation>
    </message>
    <message>
        <source>Kind of data</source>
        <translation>数据的种类</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Use this data</source>
        <translation>使用此数据</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading {0}</source>
        <translation>正在读取 {0}</translation>
    </message>
    <message>
        <source>Reading was stopped. Change a setting or choose a file to go on.</source>
        <translation>读取已停止。更改某项设置或选择文件即可继续。</translation>
    </message>
</context>
<context>
    <name>InWords</name>
    <message>
        <source>Why, and what to try</source>
        <translation>原因和建议</translation>
    </message>
    <message>
        <source>Show where it comes from and what may help.</source>
        <translation>显示其成因以及可能有帮助的做法。</translation>
    </message>
    <message>
        <source>Change the training settings for the next run; Undo takes it back.</source>
        <translation>更改下一次运行的训练设置；可用“撤销”恢复。</translation>
    </message>
    <message>
        <source>Do not say this again in this run</source>
        <translation>本次运行中不再提示</translation>
    </message>
    <message>
        <source>Do not say this again in this run.</source>
        <translation>本次运行中不再提示。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What to try</source>
        <translation>可以尝试</translation>
    </message>
    <message>
        <source>{0}: press Reset and Train to try it; Undo takes it back.</source>
        <translation>{0}：按“重置”再按“训练”即可试用；可用“撤销”恢复。</translation>
    </message>
</context>
<context>
    <name>IncomingPicture</name>
    <message>
        <source>There is no picture on the clipboard: copy one first.</source>
        <translation>剪贴板上没有图片：请先复制一张。</translation>
    </message>
</context>
<context>
    <name>InfluenceCanvas</name>
    <message>
        <source>answer {0} at step {1}</source>
        <translation>第 {1} 步的回答 {0}</translation>
    </message>
    <message>
        <source>value at step {0}</source>
        <translation>第 {0} 步的值</translation>
    </message>
    <message>
        <source>class {0}</source>
        <translation>类别 {0}</translation>
    </message>
    <message>
        <source>value {0}</source>
        <translation>值 {0}</translation>
    </message>
    <message>
        <source>Step {0}: the sequence is over</source>
        <translation>第 {0} 步：序列已结束</translation>
    </message>
    <message>
        <source>Influence of input step {0} on {1}: {2}</source>
        <translation>输入第 {0} 步对{1}的影响：{2}</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Output step</source>
        <translation>输出步</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Input step</source>
        <translation>输入步</translation>
    </message>
    <message>
        <source>Influence on {0}</source>
        <translation>对{0}的影响</translation>
    </message>
</context>
<context>
    <name>KeepingMenu</name>
    <message>
        <source>What is kept of runs</source>
        <translation>保留运行的哪些内容</translation>
    </message>
    <message>
        <source>Choose how much of each run is kept on the disk.</source>
        <translation>选择每次运行在磁盘上保留多少。</translation>
    </message>
    <message>
        <source>Keep runs from now on</source>
        <translation>从现在起保留运行</translation>
    </message>
    <message>
        <source>Steps that a run can be taken back to: dense at first, then thinner.</source>
        <translation>运行可以回到的步：开头密，之后疏。</translation>
    </message>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message>
        <source>Room on the disk that these may take, for each run.</source>
        <translation>每次运行可占用的磁盘空间。</translation>
    </message>
    <message>
        <source>Steps of each run</source>
        <translation>每次运行的步数</translation>
    </message>
    <message>
        <source>Room for each run</source>
        <translation>每次运行的空间</translation>
    </message>
</context>
<context>
    <name>Lab</name>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>Softmax and loss</source>
        <translation>Softmax 与损失</translation>
    </message>
    <message>
        <source>How scores become probabilities, and why a confident mistake learns from cross-entropy only.</source>
        <translation>分数如何变成概率，为什么只有交叉熵能从自信的错误中学习。</translation>
    </message>
    <message>
        <source>Activation functions</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>What each function does to signals and gradients, where it is flat, and when to take it.</source>
        <translation>每个函数对信号和梯度做什么，在哪里平坦，什么时候用它。</translation>
    </message>
    <message>
        <source>Forward and backward, number by number</source>
        <translation>前向与反向，逐个数字</translation>
    </message>
    <message>
        <source>How a network computes, how its error travels back, and how each weight learns.</source>
        <translation>网络如何计算，误差如何传回，每个权重如何学习。</translation>
    </message>
    <message>
        <source>one multiplication</source>
        <translation>一次乘法</translation>
    </message>
    <message>
        <source>one neuron</source>
        <translation>一个神经元</translation>
    </message>
    <message>
        <source>one layer</source>
        <translation>一层</translation>
    </message>
    <message>
        <source>one pass</source>
        <translation>一遍</translation>
    </message>
    <message>
        <source>one update</source>
        <translation>一次更新</translation>
    </message>
    <message>
        <source>line</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>step</source>
        <translation>一步</translation>
    </message>
    <message>
        <source>The smallest RBM</source>
        <translation>最小的 RBM</translation>
    </message>
    <message>
        <source>How weights make some states probable, and what each line of contrastive divergence does.</source>
        <translation>权重如何让某些状态更可能，以及对比散度的每一行做什么。</translation>
    </message>
    <message>
        <source>Convolution and pooling</source>
        <translation>卷积与池化</translation>
    </message>
    <message>
        <source>How a kernel slides over an image, what stride, padding and dilation do, and what pooling keeps.</source>
        <translation>卷积核怎样在图像上滑动，步幅、填充和空洞率有什么作用，池化留下了什么。</translation>
    </message>
    <message>
        <source>one cell</source>
        <translation>一个格子</translation>
    </message>
    <message>
        <source>one row</source>
        <translation>一行</translation>
    </message>
    <message>
        <source>one map</source>
        <translation>一张图</translation>
    </message>
    <message>
        <source>one stage</source>
        <translation>一级</translation>
    </message>
    <message>
        <source>Gradient descent</source>
        <translation>梯度下降</translation>
    </message>
    <message>
        <source>How optimisers find the way down, and what learning rate, momentum and batch size do to it.</source>
        <translation>优化器如何找到下山的路，以及学习率、动量和批大小对此有何影响。</translation>
    </message>
    <message>
        <source>forget, update or output</source>
        <translation>遗忘、更新或输出</translation>
    </message>
    <message>
        <source>one time step</source>
        <translation>一个时间步</translation>
    </message>
    <message>
        <source>the whole sequence</source>
        <translation>整个序列</translation>
    </message>
    <message>
        <source>One LSTM cell by hand</source>
        <translation>亲手操作一个 LSTM 单元</translation>
    </message>
    <message>
        <source>How three gates let a cell keep, forget and let through what it reads.</source>
        <translation>三个门怎样让单元保持、遗忘和放行它所读到的内容。</translation>
    </message>
    <message>
        <source>Overfitting and regularisation</source>
        <translation>过拟合与正则化</translation>
    </message>
    <message>
        <source>How a network learns noise by heart, and what L1, L2, max-norm and dropout do to it.</source>
        <translation>网络怎样把噪声死记下来，L1、L2、最大范数和 dropout 又怎样改变它。</translation>
    </message>
    <message>
        <source>10 steps</source>
        <translation>10 步</translation>
    </message>
    <message>
        <source>100 steps</source>
        <translation>100 步</translation>
    </message>
    <message>
        <source>a whole pass</source>
        <translation>一整遍</translation>
    </message>
    <message>
        <source>a layer</source>
        <translation>一层</translation>
    </message>
    <message>
        <source>Vanishing and exploding gradients</source>
        <translation>梯度消失与梯度爆炸</translation>
    </message>
    <message>
        <source>Why deep stacks lose their signals and gradients, and how Xavier and He keep them.</source>
        <translation>深层堆叠为什么会丢失信号和梯度，Xavier 和 He 又怎样保住它们。</translation>
    </message>
</context>
<context>
    <name>LabFileDialog</name>
    <message>
        <source>Labs of nnviz</source>
        <translation>nnviz 实验</translation>
    </message>
</context>
<context>
    <name>LabGallery</name>
    <message>
        <source>Labs</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Short lessons, each on one idea: touch the picture, move the sliders, go step by step and back. Nothing can be broken, and everything is as you left it when you come back.</source>
        <translation>简短的课程，每课一个概念：触摸图形，移动滑块，一步一步前进或后退。什么都不会弄坏，再回来时一切都和您离开时一样。</translation>
    </message>
    <message>
        <source>Open a lesson...</source>
        <translation>打开课程...</translation>
    </message>
    <message>
        <source>Open what was saved in a lab, to begin from there. It can also be dropped here.</source>
        <translation>打开在实验中保存的内容，从那里开始。也可以拖放到这里。</translation>
    </message>
</context>
<context>
    <name>LabNote</name>
    <message>
        <source>What just happened?</source>
        <translation>刚才发生了什么？</translation>
    </message>
</context>
<context>
    <name>LabPage</name>
    <message>
        <source>All labs</source>
        <translation>所有实验</translation>
    </message>
    <message>
        <source>Back to all labs.</source>
        <translation>返回所有实验。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take the last change by hand back.</source>
        <translation>撤销上一次手动更改。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Make the change again.</source>
        <translation>重新进行这个更改。</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>从头再来</translation>
    </message>
    <message>
        <source>Put everything back as it was the first time.</source>
        <translation>使一切恢复到第一次打开时的样子。</translation>
    </message>
    <message>
        <source>Open...</source>
        <translation>打开...</translation>
    </message>
    <message>
        <source>Open a lesson&apos;s beginning from a file.</source>
        <translation>从文件打开一节课的开头。</translation>
    </message>
    <message>
        <source>Save...</source>
        <translation>保存...</translation>
    </message>
    <message>
        <source>Save settings, step and seed to begin a lesson from.</source>
        <translation>保存设置、步数和随机种子，作为一节课的开头。</translation>
    </message>
    <message>
        <source>Projector</source>
        <translation>投影</translation>
    </message>
    <message>
        <source>Large type, and nothing but the lab.</source>
        <translation>大号字，只显示实验。</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>The lab alone on the screen.</source>
        <translation>整个屏幕只显示实验。</translation>
    </message>
    <message>
        <source>What is this?</source>
        <translation>这是什么？</translation>
    </message>
    <message>
        <source>What can I do?</source>
        <translation>我能做什么？</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The lab is as it was the first time. Ctrl+Z takes that back.</source>
        <translation>实验已恢复到第一次打开时的样子。用 Ctrl+Z 可以撤销。</translation>
    </message>
    <message>
        <source>Save this lab</source>
        <translation>保存此实验</translation>
    </message>
    <message>
        <source>Saved to {0}.</source>
        <translation>已保存到 {0}。</translation>
    </message>
</context>
<context>
    <name>LabsWorkspace</name>
    <message>
        <source>Open a lab&apos;s file</source>
        <translation>打开实验文件</translation>
    </message>
    <message>
        <source>The file is for a lab that this nnviz does not have: {0}. Update nnviz.</source>
        <translation>这个文件属于当前 nnviz 没有的实验：{0}。请更新 nnviz。</translation>
    </message>
    <message>
        <source>Opened {0}.</source>
        <translation>已打开 {0}。</translation>
    </message>
</context>
<context>
    <name>LayerActions</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Cut</source>
        <translation>剪切</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Paste behind</source>
        <translation>粘贴到后面</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>创建副本</translation>
    </message>
    <message>
        <source>Move up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Move down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>启用</translation>
    </message>
</context>
<context>
    <name>LayerCard</name>
    <message>
        <source>switched off</source>
        <translation>已关闭</translation>
    </message>
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
    <name>LayerCells</name>
    <message>
        <source>{0}, map {1}, row {2}, column {3}: {4}</source>
        <translation>{0}，特征图 {1}，第 {2} 行，第 {3} 列：{4}</translation>
    </message>
    <message>
        <source>{0}, value {1}: {2}</source>
        <translation>{0}，值 {1}：{2}</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
</context>
<context>
    <name>LayerEdits</name>
    <message>
        <source>Insert {}</source>
        <translation>插入 {}</translation>
    </message>
    <message>
        <source>Move {}</source>
        <translation>移动 {}</translation>
    </message>
    <message>
        <source>Duplicate {}</source>
        <translation>创建 {} 的副本</translation>
    </message>
    <message>
        <source>Delete {}</source>
        <translation>删除 {}</translation>
    </message>
    <message>
        <source>Switch {} on</source>
        <translation>启用 {}</translation>
    </message>
    <message>
        <source>Switch {} off</source>
        <translation>关闭 {}</translation>
    </message>
    <message>
        <source>Copied {} as text.</source>
        <translation>已将 {} 复制为文本。</translation>
    </message>
    <message>
        <source>Cut {}</source>
        <translation>剪切 {}</translation>
    </message>
    <message>
        <source>There is nothing to paste: copy a layer first.</source>
        <translation>没有可粘贴的内容：请先复制一层。</translation>
    </message>
    <message>
        <source>Paste {}</source>
        <translation>粘贴 {}</translation>
    </message>
    <message>
        <source>The network is empty already. Drag a layer into the column, or type its name.</source>
        <translation>网络已经是空的。把层拖到这一列中，或输入它的名称。</translation>
    </message>
    <message>
        <source>New network</source>
        <translation>新建网络</translation>
    </message>
    <message>
        <source>{0}. Ctrl+Z takes it back.</source>
        <translation>{0}。用 Ctrl+Z 可以撤销。</translation>
    </message>
    <message>
        <source>{} layers</source>
        <translation>{} 层</translation>
    </message>
</context>
<context>
    <name>LayerPalette</name>
    <message>
        <source>Search layers</source>
        <translation>搜索层</translation>
    </message>
    <message>
        <source>Search layers; Enter inserts the marked one</source>
        <translation>搜索层；回车键插入选中的层</translation>
    </message>
    <message>
        <source>&lt;p&gt;Type a name, such as conv or relu. Arrow keys choose, Enter inserts behind the selected layer. Ctrl+L comes here from anywhere on the page.&lt;/p&gt;</source>
        <translation>&lt;p&gt;输入名称，例如 conv 或 relu。用方向键选择，回车键把它插入到所选层的后面。在这一页的任何地方按 Ctrl+L 都会来到这里。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Layers to insert</source>
        <translation>可插入的层</translation>
    </message>
    <message>
        <source>Drag into the column, or double-click.</source>
        <translation>拖到列中，或双击。</translation>
    </message>
    <message>
        <source>No layer is called “{}”.</source>
        <translation>没有名为“{}”的层。</translation>
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
    <name>LayersView</name>
    <message>
        <source>Outputs of all layers</source>
        <translation>所有层的输出</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>Nothing drawn yet</source>
        <translation>还没有写任何内容</translation>
    </message>
    <message>
        <source>What every layer makes of your drawing appears here while you draw.</source>
        <translation>书写的同时，这里会显示每一层从您的手写中得到什么。</translation>
    </message>
    <message>
        <source>{0}, {1}: {2}</source>
        <translation>{0}，{1}：{2}</translation>
    </message>
    <message>
        <source>about {0} here; the scale goes to ±{1}</source>
        <translation>这里约为 {0}；刻度到 ±{1}</translation>
    </message>
</context>
<context>
    <name>LikelihoodCanvas</name>
    <message>
        <source>The only machine here sees classes beside its other visible units, and its probability is that of both together: there is no likelihood to be compared with others.</source>
        <translation>这里唯一的机器除了其他可见单元还能看到类别，它的概率是两者合在一起的概率：没有可与其他机器比较的似然。</translation>
    </message>
    <message>
        <source>{0}: {1} visible and {2} hidden units. All {3} states of the smaller side are gone through: exact.</source>
        <translation>{0}：{1} 个可见单元和 {2} 个隐藏单元。较小一侧的全部 {3} 个状态都会遍历：结果精确。</translation>
    </message>
    <message>
        <source>{0}: {1} visible and {2} hidden units, too many states to go through. Z is estimated by 100 chains that go from a machine whose Z is known to this one (forward), or back from this one&apos;s samples (reverse).</source>
        <translation>{0}：{1} 个可见单元和 {2} 个隐藏单元，状态太多，无法遍历。Z 由 100 条链估计：从 Z 已知的机器走到这台机器（正向），或从这台机器的样本走回去（反向）。</translation>
    </message>
    <message>
        <source>Press Estimate now for the probability of training and test data at this step.</source>
        <translation>按“立即估计”，得到这一步时训练数据和测试数据的概率。</translation>
    </message>
    <message>
        <source>These are densities of standardised values, in nats: the higher, the better, and above 0 too.</source>
        <translation>这些是标准化数值的概率密度，单位为nat：越高越好，也可以大于 0。</translation>
    </message>
    <message>
        <source>A test sample has on average the log-probability {0} nats: the nearer to 0, the better. A coin tossed for each of {1} units would give {2}.</source>
        <translation>测试样本的对数概率平均为 {0} nat：越接近 0 越好。给 {1} 个单元各抛一次硬币会得到 {2}。</translation>
    </message>
    <message>
        <source>Training data is {0} nats more probable than test data: some of it is known by heart.</source>
        <translation>训练数据比测试数据的对数概率高 {0} nat：其中一部分被死记住了。</translation>
    </message>
    <message>
        <source>Training and test data differ by no more than chance: no sign of learning by heart.</source>
        <translation>训练数据与测试数据的差别不超过偶然误差：没有死记硬背的迹象。</translation>
    </message>
    <message>
        <source>Forward estimates of Z tend to be too small and flatter the machine, reverse ones too large: the truth most likely lies between them.</source>
        <translation>Z 的正向估计往往偏小，高估了机器；反向估计往往偏大：真值多半在两者之间。</translation>
    </message>
    <message>
        <source>They are {0} nats apart: both may be trusted.</source>
        <translation>两者相差 {0} nat：都可以信任。</translation>
    </message>
    <message>
        <source>They are {0} nats apart: good for comparing, not for the last digit.</source>
        <translation>两者相差 {0} nat：足够用来比较，但末位数字不可信。</translation>
    </message>
    <message>
        <source>They are {0} nats apart: trust neither, and choose more temperatures.</source>
        <translation>两者相差 {0} nat：都不可信，请选择更多的温度。</translation>
    </message>
    <message>
        <source>Estimating beside the training: {0} %</source>
        <translation>正在训练之外估计：{0} %</translation>
    </message>
    <message>
        <source>training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>test data</source>
        <translation>测试数据</translation>
    </message>
    <message>
        <source>step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>精确</translation>
    </message>
    <message>
        <source>forward</source>
        <translation>正向</translation>
    </message>
    <message>
        <source>reverse</source>
        <translation>反向</translation>
    </message>
    <message>
        <source>Mean log-likelihood, in nats, of all estimates of this run</source>
        <translation>本次运行全部估计的平均对数似然，单位为nat</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Step {0}: training {1}, test {2} nats</source>
        <translation>第 {0} 步：训练 {1}，测试 {2} nat</translation>
    </message>
    <message>
        <source>; both estimates {0} nats apart</source>
        <translation>；两个估计相差 {0} nat</translation>
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
    <message>
        <source>Confusion matrix</source>
        <translation>混淆矩阵</translation>
    </message>
    <message>
        <source>Which class is taken for which. Click a cell to see its samples, and a sample to follow it through the network. Colours show the root of each row&apos;s shares, so that rare mistakes are seen.</source>
        <translation>哪个类别被认作哪个类别。单击一格可查看其中的样本，单击一个样本可跟随它通过网络。颜色表示每行占比的平方根，这样少见的错误也看得见。</translation>
    </message>
    <message>
        <source>Diagram</source>
        <translation>示意图</translation>
    </message>
    <message>
        <source>Each line is a weight: blue adds, orange takes away, and the thicker the more. Circles show the mean output of their neuron. A larger network is shown as blocks, with the size of its weights.</source>
        <translation>每条线是一个权重：蓝色为增加，橙色为减少，越粗越强。圆圈表示神经元的平均输出。较大的网络以方块表示，并标出权重的大小。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Each dot is a sample, placed by what a hidden layer makes of it: classes that the network tells apart lie apart. Point at a dot to see the sample.</source>
        <translation>每个点是一个样本，位置由一个隐藏层对它的表示决定：网络能区分的类别彼此分开。指向一个点可以看到这个样本。</translation>
    </message>
    <message>
        <source>Feature maps</source>
        <translation>特征图</translation>
    </message>
    <message>
        <source>What each layer makes of one sample. Click a value to see the arithmetic behind it: what the filter sees, its weights, the sum, the activation.</source>
        <translation>每一层从一个样本中得到什么。单击一个值可以看到背后的算术：滤波器看到的内容、它的权重、求和、激活。</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>滤波器</translation>
    </message>
    <message>
        <source>What each filter looks for: blue where light adds to its answer, orange where light takes away from it.</source>
        <translation>每个滤波器在寻找什么：蓝色处的亮光使它的响应增大，橙色处的亮光使它减小。</translation>
    </message>
    <message>
        <source>Gradients</source>
        <translation>梯度</translation>
    </message>
    <message>
        <source>How strongly the loss pulls at each layer. If the norm shrinks from layer to layer towards the input, the gradient vanishes and the first layers hardly learn; if it grows, it explodes. Update: the last step relative to the weights; about a thousandth (dashed) is usual.</source>
        <translation>损失对每一层的拉力有多大。如果范数朝着输入的方向逐层缩小，就是梯度消失，前面的层几乎学不到东西；如果逐层增大，就是梯度爆炸。“更新”：最近一步相对于权重的大小；通常约为千分之一（虚线）。</translation>
    </message>
    <message>
        <source>Fantasy particles</source>
        <translation>幻想粒子</translation>
    </message>
    <message>
        <source>Gibbs chains that start at random and see no data: hidden units are drawn from the visible ones and back. What they turn into is what the machine believes in.</source>
        <translation>从随机状态开始、看不到数据的吉布斯链：由可见单元抽取隐藏单元，再反过来。它们最后变成的样子，就是这台机器所相信的。</translation>
    </message>
    <message>
        <source>Hidden probabilities</source>
        <translation>隐藏单元概率</translation>
    </message>
    <message>
        <source>A column per hidden unit, a row per sample: a column in one colour is a unit that is dead or always on.</source>
        <translation>每列一个隐藏单元，每行一个样本：整列同一种颜色的单元，要么已经死亡，要么始终开启。</translation>
    </message>
    <message>
        <source>RBM measures</source>
        <translation>RBM 的度量</translation>
    </message>
    <message>
        <source>No loss is made small here: the reconstruction error only accompanies learning. The free energies of training data (blue) and validation data (orange) part when the machine learns by heart.</source>
        <translation>这里并不减小任何损失：重构误差只是随着学习变化。当机器开始死记硬背时，训练数据（蓝色）和验证数据（橙色）的自由能会分开。</translation>
    </message>
    <message>
        <source>Reconstructions</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>Above each sample as the machine sees it, below its reconstruction: to the hidden units and back, with probabilities in place of drawn states. Of a stack, the machine that learns now.</source>
        <translation>上面是机器看到的每个样本，下面是它的重构：到隐藏单元再回来，用概率代替抽取的状态。对于堆叠的机器，显示正在学习的那一台。</translation>
    </message>
    <message>
        <source>Decision surface</source>
        <translation>决策面</translation>
    </message>
    <message>
        <source>What the network answers everywhere in the plane; the samples are dots. Each small plane is one neuron: point at it to see it large.</source>
        <translation>网络在平面上每一处的答案；点是样本。每个小平面是一个神经元：指向它可以放大查看。</translation>
    </message>
    <message>
        <source>Units</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Units that have stopped learning: a ReLU that is 0 for every sample is dead, a sigmoid or tanh at a flat end of its curve is saturated. A stroke per unit; at the right, how its layer&apos;s outputs are spread.</source>
        <translation>停止学习的单元：对所有样本都输出 0 的 ReLU 是死亡的，处在曲线平坦端的 sigmoid 或 tanh 是饱和的。每个单元一条短线；右侧是该层输出的分布。</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>How the weights of each layer are spread over time (half of them in the darkest band) and now.</source>
        <translation>每一层的权重随时间的分布（一半权重在颜色最深的带内）以及现在的分布。</translation>
    </message>
    <message>
        <source>Find alike</source>
        <translation>寻找相似处</translation>
    </message>
    <message>
        <source>Choose a stretch of the hidden state with the mouse, and see where else the network is in such a state: what the inputs there have in common is what the units stand for. Click a stretch to follow its sample.</source>
        <translation>用鼠标选择隐藏状态的一段，看网络在别处何时处于这样的状态：那些地方的输入有什么共同点，就是这些单元所代表的。点击一段可跟随它的样本。</translation>
    </message>
    <message>
        <source>learning rate {0}</source>
        <translation>学习率 {0}</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>After a warm-up the network is left alone: each forecast is what it reads next. Its errors come back in, so that the forecast leaves the truth the further it goes.</source>
        <translation>预热之后让网络自行继续：每一个预测就是它接下来读入的值。误差又会进入网络，因此走得越远，预测就越偏离真实值。</translation>
    </message>
    <message>
        <source>Gates over time</source>
        <translation>门随时间的变化</translation>
    </message>
    <message>
        <source>A row per unit, a column per step of one sequence. Forget gate: how much of the cell state stays; input gate: how much of the candidate is added; output gate: how much of it is shown as hidden state. Point at a value for its formula, click it to see its unit as curves.</source>
        <translation>每行一个单元，每列是一个序列的一步。遗忘门：细胞状态保留多少；输入门：加入多少候选值；输出门：其中多少作为隐藏状态显示出来。指向一个值可看它的公式，点击则以曲线显示该单元。</translation>
    </message>
    <message>
        <source>Gradient through time</source>
        <translation>随时间的梯度</translation>
    </message>
    <message>
        <source>How strongly the loss of two sequences pulls at the hidden state of each step. Backpropagation goes from the last step to the first; if the curve falls that way, the gradient vanishes, and what was read early is not learned. Faint: earlier in this training.</source>
        <translation>两个序列的损失对每一步隐藏状态的拉力有多强。反向传播从最后一步走到第一步；如果曲线朝那个方向下降，梯度就消失了，早先读到的内容就学不到。浅色：本次训练中较早的时刻。</translation>
    </message>
    <message>
        <source>Influence</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Which input steps an output depends on: gradient times input, each row relative to its largest. Blue speaks for the answer, orange against it. Point at a row to see it under the input.</source>
        <translation>一个输出取决于哪些输入步：梯度乘输入，每行相对于该行的最大值。蓝色支持该回答，橙色反对。指向一行可在输入下方看到它。</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>似然</translation>
    </message>
    <message>
        <source>What learning is about and no step computes: the probability of the data. It needs Z, a sum over all states: exact up to 20 units on the smaller side, else by annealed importance sampling, forwards and in reverse. Training goes on meanwhile.</source>
        <translation>学习真正追求、但没有任何一步会计算的东西：数据的概率。它需要 Z，即对全部状态求和：较小一侧不超过 20 个单元时精确计算，否则用退火重要性采样，正向和反向各一次。其间训练继续进行。</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Damage a sample with the mouse (or arrow keys and Space). The machine fills in what is probable beside what is still whole: hidden units from all pixels, damaged pixels from the hidden units, again and again.</source>
        <translation>用鼠标（或方向键和空格键）损坏一个样本。机器根据仍然完好的部分填补可能的内容：由全部像素算出隐藏单元，再由隐藏单元算出损坏的像素，如此反复。</translation>
    </message>
    <message>
        <source>One step in numbers</source>
        <translation>一步中的数字</translation>
    </message>
    <message>
        <source>The last step of contrastive divergence, line by line, for three visible and three hidden units. Pause, and go batch by batch.</source>
        <translation>对比散度的最近一步，逐行列出三个可见单元和三个隐藏单元的数字。暂停后可一批一批地进行。</translation>
    </message>
    <message>
        <source>Unrolled</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>The cell once per step of a sequence: the same weights, another input. What one cell gives enters the next one. Arrow keys go on and back one moment, and to another unit; page keys a whole step.</source>
        <translation>序列的每一步画一次单元：权重相同，输入不同。一个单元给出的值进入下一个。方向键前进或后退一个时刻，或换另一个单元；翻页键走一整步。</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The network reads a few characters and then writes by itself: each character is drawn from the probabilities that it gives, and read as the next one.</source>
        <translation>网络先读几个字符，然后自己往下写：每个字符都按网络给出的概率抽取，并作为下一个字符读入。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>How long the gradient of all weights together was (log scale), and what clipping made of it: blue is left, orange was taken away. Single high lines are batches that would have thrown the weights far away.</source>
        <translation>所有权重合在一起的梯度有多长（对数刻度），以及裁剪后剩下多少：蓝色为保留部分，橙色为被去掉的部分。个别高线是本会把权重抛得很远的批次。</translation>
    </message>
</context>
<context>
    <name>LiveWorkspace</name>
    <message>
        <source>Nothing is learning yet</source>
        <translation>还没有在学习</translation>
    </message>
    <message>
        <source>Press Train in the tool bar (F5). The loss falls and the accuracy rises here while the network learns; point at a curve to read its values.</source>
        <translation>按工具栏中的“训练”（F5）。网络学习时，这里的损失下降，准确率上升；指向曲线可以读出数值。</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Open and close views, and arrange them.</source>
        <translation>打开、关闭和排列视图。</translation>
    </message>
    <message>
        <source>Four side by side, the others behind</source>
        <translation>并排四个，其余在后面</translation>
    </message>
    <message>
        <source>All side by side</source>
        <translation>全部并排</translation>
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
    <message>
        <source>best {0}</source>
        <translation>最佳 {0}</translation>
    </message>
</context>
<context>
    <name>LstmCellCanvas</name>
    <message>
        <source>The cell, the sliders of its gates, and its numbers over time</source>
        <translation>单元、各个门的滑块，以及它的数值随时间的变化</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>by hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>forget gate</source>
        <translation>遗忘门</translation>
    </message>
    <message>
        <source>input gate</source>
        <translation>输入门</translation>
    </message>
    <message>
        <source>candidate</source>
        <translation>候选值</translation>
    </message>
    <message>
        <source>output gate</source>
        <translation>输出门</translation>
    </message>
    <message>
        <source>cell state</source>
        <translation>单元状态</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>time step</source>
        <translation>时间步</translation>
    </message>
</context>
<context>
    <name>LstmCellLab</name>
    <message>
        <source>You set x&lt;sub&gt;{0}&lt;/sub&gt; to {1}.</source>
        <translation>你把 x&lt;sub&gt;{0}&lt;/sub&gt; 设为 {1}。</translation>
    </message>
    <message>
        <source>You hold {0} on {1}.</source>
        <translation>你把 {0} 固定在 {1}。</translation>
    </message>
    <message>
        <source>You set {0} of {1} to {2}.</source>
        <translation>你把 {1} 的 {0} 设为 {2}。</translation>
    </message>
    <message>
        <source>You hold {0} on {1}; its weights do not matter now.</source>
        <translation>你把 {0} 固定在 {1}；它的权重现在不起作用。</translation>
    </message>
    <message>
        <source>{0} is computed from its weights again.</source>
        <translation>{0} 又由它的权重计算得出。</translation>
    </message>
    <message>
        <source>start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>forget</source>
        <translation>遗忘</translation>
    </message>
    <message>
        <source>update</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Time step {0} of {1}: {2}</source>
        <translation>时间步 {0}/{1}：{2}</translation>
    </message>
    <message>
        <source>An &lt;b&gt;LSTM&lt;/b&gt; cell reads a sequence, one input x at a time, and remembers in its &lt;b&gt;cell state C&lt;/b&gt;. Each of its gates is a unit that sees x and the last h: sigmoid(w&lt;sub&gt;x&lt;/sub&gt; x + w&lt;sub&gt;h&lt;/sub&gt; h + b), a number between 0 (shut) and 1 (open).&lt;br&gt;&lt;b&gt;Forget:&lt;/b&gt; C becomes f C. &lt;b&gt;Update:&lt;/b&gt; C becomes C + i g, where the candidate g = tanh(w&lt;sub&gt;x&lt;/sub&gt; x + w&lt;sub&gt;h&lt;/sub&gt; h + b) is what might come in. &lt;b&gt;Output:&lt;/b&gt; h = o tanh(C). With f = 1 and i = 0 the cell &lt;b&gt;freezes&lt;/b&gt;: C stays as it is, and so does the gradient on its way back, over a thousand steps and more.</source>
        <translation>&lt;b&gt;LSTM&lt;/b&gt; 单元逐个读入序列中的输入 x，并把内容记在&lt;b&gt;单元状态 C&lt;/b&gt; 里。每个门都是一个看到 x 和上一个 h 的神经元：sigmoid(w&lt;sub&gt;x&lt;/sub&gt; x + w&lt;sub&gt;h&lt;/sub&gt; h + b)，其值在 0（关闭）与 1（打开）之间。&lt;br&gt;&lt;b&gt;遗忘：&lt;/b&gt;C 变为 f C。&lt;b&gt;更新：&lt;/b&gt;C 变为 C + i g，其中候选值 g = tanh(w&lt;sub&gt;x&lt;/sub&gt; x + w&lt;sub&gt;h&lt;/sub&gt; h + b) 是可能进入的内容。&lt;b&gt;输出：&lt;/b&gt;h = o tanh(C)。当 f = 1、i = 0 时单元被&lt;b&gt;冻结&lt;/b&gt;：C 保持不变，反向传播的梯度也保持不变，可以跨越一千步甚至更多。</translation>
    </message>
    <message>
        <source>Choose a &lt;b&gt;behaviour&lt;/b&gt; below and &lt;b&gt;step&lt;/b&gt; through forget, update, output. &lt;b&gt;Drag&lt;/b&gt; the dots of the inputs up and down, and the sliders of every gate; or click &lt;b&gt;computed&lt;/b&gt; to hold the gate by hand. With the keyboard: Up and Down choose, + and - change, Enter holds a gate.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; let it keep, then hold i on 1: why is the first input lost? Can you make a cell that counts down again at x = -1?</source>
        <translation>在下面选择一种&lt;b&gt;行为&lt;/b&gt;，然后&lt;b&gt;逐步&lt;/b&gt;走过遗忘、更新、输出。上下&lt;b&gt;拖动&lt;/b&gt;输入的圆点，拖动各个门的滑块；或者点击&lt;b&gt;计算&lt;/b&gt;，改为手动固定这个门。键盘：上下键选择，+ 和 - 改变数值，回车固定一个门。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;让它保持，再把 i 固定在 1：第一个输入为什么丢失了？你能做出一个在 x = -1 时倒数的单元吗？</translation>
    </message>
    <message>
        <source>Nothing is read yet: C = h = 0, and the first input is x&lt;sub&gt;1&lt;/sub&gt; = {0}.</source>
        <translation>还没有读入任何内容：C = h = 0，第一个输入是 x&lt;sub&gt;1&lt;/sub&gt; = {0}。</translation>
    </message>
    <message>
        <source>Time step {t}: f C + i g = {f} &amp;middot; {c_before} + {i} &amp;middot; {g} = &lt;b&gt;{c} = C&lt;/b&gt;, h = o tanh(C) = {o} &amp;middot; {squashed} = &lt;b&gt;{h}&lt;/b&gt;.</source>
        <translation>时间步 {t}：f C + i g = {f} &amp;middot; {c_before} + {i} &amp;middot; {g} = &lt;b&gt;{c} = C&lt;/b&gt;，h = o tanh(C) = {o} &amp;middot; {squashed} = &lt;b&gt;{h}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>C becomes f C = {0} &amp;middot; {1} = &lt;b&gt;{2}&lt;/b&gt;.</source>
        <translation>C 变为 f C = {0} &amp;middot; {1} = &lt;b&gt;{2}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>C becomes C + i g = {0} + {1} &amp;middot; {2} = &lt;b&gt;{3}&lt;/b&gt;.</source>
        <translation>C 变为 C + i g = {0} + {1} &amp;middot; {2} = &lt;b&gt;{3}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>h = o tanh(C) = {0} &amp;middot; tanh({1}) = &lt;b&gt;{2}&lt;/b&gt;.</source>
        <translation>h = o tanh(C) = {0} &amp;middot; tanh({1}) = &lt;b&gt;{2}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>{0} is held by hand on {1}</source>
        <translation>{0} 手动固定在 {1}</translation>
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
        <source>Open the data again...</source>
        <translation>重新打开数据...</translation>
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
    <name>MeasuresCanvas</name>
    <message>
        <source>Gaussian units have none</source>
        <translation>高斯单元没有这一项</translation>
    </message>
    <message>
        <source>{0} nats</source>
        <translation>{0} nat</translation>
    </message>
    <message>
        <source>training {0}, validation {1}: gap {2}</source>
        <translation>训练 {0}，验证 {1}：差距 {2}</translation>
    </message>
    <message>
        <source>{0}: reconstruction error {1}</source>
        <translation>{0}：重构误差 {1}</translation>
    </message>
    <message>
        <source>Pseudo-log-likelihood: {0}</source>
        <translation>伪对数似然：{0}</translation>
    </message>
    <message>
        <source>Free energy: {0}</source>
        <translation>自由能：{0}</translation>
    </message>
</context>
<context>
    <name>Mosaic</name>
    <message>
        <source>Some samples</source>
        <translation>一些样本</translation>
    </message>
</context>
<context>
    <name>MosaicCanvas</name>
    <message>
        <source>{0} of {1} × {2}</source>
        <translation>{0} 个 {1} × {2} 的滤波器</translation>
    </message>
    <message>
        <source>{0} filters of {1} channels, {2} × {3}</source>
        <translation>{0} 个滤波器，{1} 个通道，{2} × {3}</translation>
    </message>
    <message>
        <source>; filters across, channels down</source>
        <translation>；横向为滤波器，纵向为通道</translation>
    </message>
    <message>
        <source>; a row per filter</source>
        <translation>；每行一个滤波器</translation>
    </message>
    <message>
        <source>; the most active first</source>
        <translation>；最活跃的在前</translation>
    </message>
    <message>
        <source>; the first {0} are shown</source>
        <translation>；显示前 {0} 个</translation>
    </message>
    <message>
        <source>No layer of this network has filters.</source>
        <translation>这个网络中没有含滤波器的层。</translation>
    </message>
    <message>
        <source>Filter {0}</source>
        <translation>滤波器 {0}</translation>
    </message>
    <message>
        <source>Filter {0}, channel {1}</source>
        <translation>滤波器 {0}，通道 {1}</translation>
    </message>
    <message>
        <source>row {0}, column {1}: {2}</source>
        <translation>第 {0} 行，第 {1} 列：{2}</translation>
    </message>
</context>
<context>
    <name>NetCanvas</name>
    <message>
        <source>The network and the numbers of its units</source>
        <translation>网络及其单元的数值</translation>
    </message>
    <message>
        <source>A number of the network</source>
        <translation>网络的一个数值</translation>
    </message>
    <message>
        <source>Your guess</source>
        <translation>你的猜测</translation>
    </message>
    <message>
        <source>your guess</source>
        <translation>你的猜测</translation>
    </message>
    <message>
        <source>Step, and the first number appears here: its name, its formula and the numbers in it.</source>
        <translation>单步前进，第一个数就出现在这里：名称、公式和其中的数字。</translation>
    </message>
    <message>
        <source>forward: one product of the sum</source>
        <translation>前向：和中的一个乘积</translation>
    </message>
    <message>
        <source>forward: the weighted sum</source>
        <translation>前向：加权和</translation>
    </message>
    <message>
        <source>forward: the activation</source>
        <translation>前向：激活</translation>
    </message>
    <message>
        <source>forward: the error</source>
        <translation>前向：误差</translation>
    </message>
    <message>
        <source>forward: the loss</source>
        <translation>前向：损失</translation>
    </message>
    <message>
        <source>backward: slope of the loss</source>
        <translation>反向：损失的斜率</translation>
    </message>
    <message>
        <source>backward: one product of the sum</source>
        <translation>反向：和中的一个乘积</translation>
    </message>
    <message>
        <source>backward: error of the unit</source>
        <translation>反向：单元的误差</translation>
    </message>
    <message>
        <source>backward: gradient of a bias</source>
        <translation>反向：偏置的梯度</translation>
    </message>
    <message>
        <source>backward: gradient of a weight</source>
        <translation>反向：权重的梯度</translation>
    </message>
    <message>
        <source>update of a weight</source>
        <translation>权重的更新</translation>
    </message>
    <message>
        <source>update of a bias</source>
        <translation>偏置的更新</translation>
    </message>
    <message>
        <source>the loss with the new weights</source>
        <translation>用新权重的损失</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>target y</source>
        <translation>目标 y</translation>
    </message>
</context>
<context>
    <name>NumberEditor</name>
    <message>
        <source>A weight or the bias</source>
        <translation>一个权重或偏置</translation>
    </message>
</context>
<context>
    <name>OptionsEditor</name>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
</context>
<context>
    <name>OverfittingCanvas</name>
    <message>
        <source>Points and boundary, losses, the network, and the histogram of its weights</source>
        <translation>点与边界、损失、网络及其权重的直方图</translation>
    </message>
    <message>
        <source>Points and boundary</source>
        <translation>点与边界</translation>
    </message>
    <message>
        <source>filled: training, rings: validation</source>
        <translation>实心：训练，圆环：验证</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Loss (cross-entropy)</source>
        <translation>损失（交叉熵）</translation>
    </message>
    <message>
        <source>solid: validation, dashed: training</source>
        <translation>实线：验证，虚线：训练</translation>
    </message>
    <message>
        <source>the weights of step {0} are kept</source>
        <translation>保留第 {0} 步的权重</translation>
    </message>
    <message>
        <source>{0}: validation</source>
        <translation>{0}：验证</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>验证</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>The thinned network of this step</source>
        <translation>这一步的稀疏子网络</translation>
    </message>
    <message>
        <source>The network of step {0}</source>
        <translation>第 {0} 步的网络</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>largest weights; blue: positive, orange: negative</source>
        <translation>最大的权重；蓝：正，橙：负</translation>
    </message>
    <message>
        <source>The weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>{0} % within {1} of 0</source>
        <translation>{0} % 离 0 不到 {1}</translation>
    </message>
    <message>
        <source>largest {0}; {1}</source>
        <translation>最大 {0}；{1}</translation>
    </message>
</context>
<context>
    <name>OverfittingLab</name>
    <message>
        <source>Back to step {0}: every weight is exactly as it was.</source>
        <translation>回到第 {0} 步：每个权重都与当时完全一样。</translation>
    </message>
    <message>
        <source>You moved a training point to ({0}, {1}): training begins again.</source>
        <translation>你把一个训练点移到了 ({0}, {1})：训练重新开始。</translation>
    </message>
    <message>
        <source>That point is of the other class now: noise for the network to learn.</source>
        <translation>这个点现在属于另一类：给网络学的噪声。</translation>
    </message>
    <message>
        <source>A 2-{0}-{0}-1 network with &lt;b&gt;{1} parameters&lt;/b&gt; learns the {2} filled points. {3} others of the same kind (rings) are never trained with: their &lt;b&gt;validation loss&lt;/b&gt; says how good it is on what it has not seen. Where that rises while the training loss still falls, the network &lt;b&gt;overfits&lt;/b&gt;: it learns the noise by heart. The ground is its answer, the line where it is undecided.</source>
        <translation>一个有 &lt;b&gt;{1} 个参数&lt;/b&gt;的 2-{0}-{0}-1 网络学习 {2} 个实心点。另外 {3} 个同类的点（圆环）从不用于训练：它们的&lt;b&gt;验证损失&lt;/b&gt;说明网络对没见过的东西有多好。当它上升而训练损失仍在下降时，网络就&lt;b&gt;过拟合&lt;/b&gt;了：它把噪声死记下来。底色是网络的回答，线是它拿不定主意的地方。</translation>
    </message>
    <message>
        <source>&lt;b&gt;None&lt;/b&gt;: nothing holds the weights back.</source>
        <translation>&lt;b&gt;无&lt;/b&gt;：没有什么约束权重。</translation>
    </message>
    <message>
        <source>&lt;b&gt;L1&lt;/b&gt; adds &amp;lambda;|w| to the loss: every weight is pulled to 0 with the same force, and those that help little end there. The network becomes sparse.</source>
        <translation>&lt;b&gt;L1&lt;/b&gt; 给损失加上 &amp;lambda;|w|：每个权重都以同样的力被拉向 0，用处不大的就停在那里。网络变得稀疏。</translation>
    </message>
    <message>
        <source>&lt;b&gt;L2&lt;/b&gt; (weight decay) adds &amp;lambda;w&amp;sup2;/2 to the loss: the larger a weight, the harder the pull to 0. Small weights make a smooth boundary.</source>
        <translation>&lt;b&gt;L2&lt;/b&gt;（权重衰减）给损失加上 &amp;lambda;w&amp;sup2;/2：权重越大，拉向 0 的力越大。小的权重使边界平滑。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Max-norm&lt;/b&gt;: after every step, weights into a unit that are together longer than c = {0} are shortened to c. The ringed units are at the limit.</source>
        <translation>&lt;b&gt;最大范数&lt;/b&gt;：每一步之后，进入一个单元的权重若总长超过 c = {0}，就缩短到 c。带圈的单元已到上限。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Dropout&lt;/b&gt;: in every step each hidden unit is left out with probability {0}, and the others count 1/(1 - {0}) times. Each step so trains another &lt;b&gt;thinned network&lt;/b&gt;; the whole one, which is tested, acts like the mean of them all.</source>
        <translation>&lt;b&gt;Dropout&lt;/b&gt;：每一步中，每个隐藏单元以概率 {0} 被去掉，其余的乘以 1/(1 - {0})。这样每一步都训练另一个&lt;b&gt;稀疏子网络&lt;/b&gt;；用来测试的完整网络相当于它们的平均。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Early stopping&lt;/b&gt;: when the validation loss has not been lower for {0} steps, training ends, and the weights of the best step are taken. As the validation points were used for that, honest numbers need a third set.</source>
        <translation>&lt;b&gt;早停&lt;/b&gt;：验证损失连续 {0} 步没有更低时，训练结束，并取最好那一步的权重。验证点已用于这个决定，所以要得到可信的数字还需要第三组数据。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Run&lt;/b&gt;, then choose another &lt;b&gt;method&lt;/b&gt; and run again: earlier curves stay. &lt;b&gt;Drag&lt;/b&gt; along the losses to go back in time. &lt;b&gt;Drag a filled point&lt;/b&gt;, or &lt;b&gt;double-click&lt;/b&gt; it to change its class (keys: up and down choose one, Shift and arrows move it, Enter).&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; 300 steps with each method. Which histogram is the narrowest? Then 100 points, or 3 units: does the network still overfit?</source>
        <translation>先&lt;b&gt;运行&lt;/b&gt;，再选另一种&lt;b&gt;方法&lt;/b&gt;并再次运行：先前的曲线会留下。沿损失曲线&lt;b&gt;拖动&lt;/b&gt;可回到过去。&lt;b&gt;拖动实心点&lt;/b&gt;，或&lt;b&gt;双击&lt;/b&gt;它改变类别（键盘：上下键选点，Shift 加方向键移动，回车改类别）。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;每种方法各训练 300 步。哪个直方图最窄？再用 100 个点，或 3 个单元：网络还会过拟合吗？</translation>
    </message>
    <message>
        <source>The steps up to {0} are made again: {1} ...</source>
        <translation>正在重新走到第 {0} 步：{1} ...</translation>
    </message>
    <message>
        <source>training loss &lt;b&gt;{0}&lt;/b&gt;, validation loss &lt;b&gt;{1}&lt;/b&gt;</source>
        <translation>训练损失 &lt;b&gt;{0}&lt;/b&gt;，验证损失 &lt;b&gt;{1}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Nothing is learned yet: {0}.</source>
        <translation>还什么都没学到：{0}。</translation>
    </message>
    <message>
        <source>Step {0}: {1}; the least was {2}, at step {3}.</source>
        <translation>第 {0} 步：{1}；最小的是 {2}，在第 {3} 步。</translation>
    </message>
    <message>
        <source>Stopped: &lt;b&gt;the weights of step {0} are kept&lt;/b&gt;.</source>
        <translation>已停止：&lt;b&gt;保留第 {0} 步的权重&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Since then it &lt;b&gt;overfits&lt;/b&gt;.</source>
        <translation>从那以后它&lt;b&gt;过拟合&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>{0}&amp;nbsp;% of the weights are within {1} of 0.</source>
        <translation>{0}&amp;nbsp;% 的权重离 0 不到 {1}。</translation>
    </message>
    <message>
        <source>{0} units are at the limit.</source>
        <translation>{0} 个单元到了上限。</translation>
    </message>
    <message>
        <source>Of {0} hidden units {1} were there in this step.</source>
        <translation>这一步中，{0} 个隐藏单元里有 {1} 个在场。</translation>
    </message>
</context>
<context>
    <name>OwnDataDesk</name>
    <message>
        <source>{0} is not there any more. Put it back and open it again, or choose other data.</source>
        <translation>{0} 已经不在那里了。请把它放回原处再打开，或选择其他数据。</translation>
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
    <name>PathLine</name>
    <message>
        <source>Drop a file here</source>
        <translation>把文件拖到这里</translation>
    </message>
    <message>
        <source>Drop a folder here</source>
        <translation>把文件夹拖到这里</translation>
    </message>
    <message>
        <source>Drop a file or a folder here</source>
        <translation>把文件或文件夹拖到这里</translation>
    </message>
    <message>
        <source>Choose a file...</source>
        <translation>选择文件...</translation>
    </message>
    <message>
        <source>Choose a folder...</source>
        <translation>选择文件夹...</translation>
    </message>
    <message>
        <source>...</source>
        <translation>...</translation>
    </message>
    <message>
        <source>File...</source>
        <translation>文件...</translation>
    </message>
    <message>
        <source>Folder...</source>
        <translation>文件夹...</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
</context>
<context>
    <name>PicturesCanvas</name>
    <message>
        <source>Picture {0}, row {1}, column {2}: {3}</source>
        <translation>图片 {0}，第 {1} 行，第 {2} 列：{3}</translation>
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
        <source>Averaged to the pixels that the network reads; left out, a pixel is black or white.</source>
        <translation>平均到网络读取的像素；如果略去，每个像素只有黑或白。</translation>
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
    <name>PreviewPanel</name>
    <message>
        <source>What is in the data</source>
        <translation>数据中有什么</translation>
    </message>
    <message>
        <source>First rows</source>
        <translation>前几行</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Samples of each class</source>
        <translation>各类别的样本</translation>
    </message>
    <message>
        <source>Training, validation and test</source>
        <translation>训练、验证和测试</translation>
    </message>
    <message>
        <source>Worth knowing</source>
        <translation>值得注意</translation>
    </message>
    <message>
        <source>What can be opened</source>
        <translation>可以打开什么</translation>
    </message>
    <message>
        <source>{0} samples</source>
        <translation>{0} 个样本</translation>
    </message>
    <message>
        <source>Learned: at each of {0} characters, which of {1} different ones comes next.</source>
        <translation>学习内容：在 {0} 个字符的每一处，{1} 种字符中的哪一个接着出现。</translation>
    </message>
    <message>
        <source>images of {0} values</source>
        <translation>大小为 {0} 的图像</translation>
    </message>
    <message>
        <source>1 number</source>
        <translation>1 个数</translation>
    </message>
    <message>
        <source>{0} numbers</source>
        <translation>{0} 个数</translation>
    </message>
    <message>
        <source>Learned: from {0}, which of {1} classes it is.</source>
        <translation>要学习的是：从{0}判断它属于 {1} 个类别中的哪一个。</translation>
    </message>
    <message>
        <source>Learned: from {0}, one value.</source>
        <translation>要学习的是：从{0}得出一个值。</translation>
    </message>
    <message>
        <source>Learned: from {0}, {1} values.</source>
        <translation>要学习的是：从{0}得出 {1} 个值。</translation>
    </message>
    <message>
        <source>The network learns from {0} samples, is measured on {1} others while it learns, and on {2} more at the end.</source>
        <translation>网络从 {0} 个样本中学习，学习期间用另外 {1} 个样本测量，最后再用 {2} 个样本测量。</translation>
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
        <source>Trained for {0} steps</source>
        <translation>已训练 {0} 步</translation>
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
        <source>Preview...</source>
        <translation>预览...</translation>
    </message>
    <message>
        <source>See samples and the balance of classes, or read the file another way.</source>
        <translation>查看样本和各类别是否均衡，或用其他方式读取文件。</translation>
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
    <name>RbmFantasies</name>
    <message>
        <source>Clamped class</source>
        <translation>固定的类别</translation>
    </message>
    <message>
        <source>Hold the class of the top machine, and dream of it.</source>
        <translation>固定顶层机器的类别，让它梦见这一类。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Ten Gibbs steps per picture, ten pictures a second.</source>
        <translation>每张图片十个吉布斯步，每秒十张图片。</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>慢速</translation>
    </message>
    <message>
        <source>One Gibbs step at a time.</source>
        <translation>每次一个吉布斯步。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>One Gibbs step: to the hidden units and back.</source>
        <translation>一个吉布斯步：到隐藏单元再回来。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Let all chains begin at chance again.</source>
        <translation>让所有的链重新从随机状态开始。</translation>
    </message>
    <message>
        <source>Any class</source>
        <translation>任意类别</translation>
    </message>
    <message>
        <source>{0}: probabilities of the visible units after {1} Gibbs steps</source>
        <translation>{0}：{1} 个吉布斯步之后可见单元的概率</translation>
    </message>
    <message>
        <source>{0}: where the chains begin; press Run or Step</source>
        <translation>{0}：链的起点；请按“运行”或“单步”</translation>
    </message>
</context>
<context>
    <name>RbmLikelihood</name>
    <message>
        <source>Machine</source>
        <translation>机器</translation>
    </message>
    <message>
        <source>Which machine of a stack; one with labels is left out: its sum is another.</source>
        <translation>堆叠中的哪一台机器；带标签的机器不在其列：它要求的是另一个和。</translation>
    </message>
    <message>
        <source>Temperatures</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Steps of the annealing, each way: the more, the nearer both estimates come, and the longer it takes.</source>
        <translation>每个方向的退火步数：越多，两个估计越接近，用时也越长。</translation>
    </message>
    <message>
        <source>{0} temperatures</source>
        <translation>{0} 个温度</translation>
    </message>
    <message>
        <source>Estimate now</source>
        <translation>立即估计</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>End the estimate.</source>
        <translation>结束估计。</translation>
    </message>
    <message>
        <source>Copy the weights and estimate beside the training.</source>
        <translation>复制权重，在训练之外进行估计。</translation>
    </message>
</context>
<context>
    <name>RbmReconstructions</name>
    <message>
        <source>{0}: data above, reconstruction below; mean squared error {1}</source>
        <translation>{0}：上面是数据，下面是重构；均方误差 {1}</translation>
    </message>
</context>
<context>
    <name>RbmRepair</name>
    <message>
        <source>Damage</source>
        <translation>损坏</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>Sample </source>
        <translation>样本 </translation>
    </message>
    <message>
        <source>Which sample is damaged.</source>
        <translation>损坏哪一个样本。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>A step of the repair twelve times a second.</source>
        <translation>每秒修复十二步。</translation>
    </message>
    <message>
        <source>Slow</source>
        <translation>慢速</translation>
    </message>
    <message>
        <source>A step of the repair at a time.</source>
        <translation>一次修复一步，慢慢进行。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>One step: to the hidden units and back.</source>
        <translation>一步：到隐藏单元再回来。</translation>
    </message>
    <message>
        <source>Restart</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Back to the damaged sample.</source>
        <translation>回到损坏的样本。</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>画笔</translation>
    </message>
    <message>
        <source>What the brush leaves: paper, or noise.</source>
        <translation>画笔留下什么：空白，还是噪声。</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>擦除</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>Size of the brush</source>
        <translation>画笔大小</translation>
    </message>
    <message>
        <source>Brush </source>
        <translation>画笔 </translation>
    </message>
    <message>
        <source> px</source>
        <translation> 像素</translation>
    </message>
    <message>
        <source>Diameter of the brush, in pixels of the picture.</source>
        <translation>画笔的直径，以图片的像素计。</translation>
    </message>
    <message>
        <source>Cover half</source>
        <translation>遮住一半</translation>
    </message>
    <message>
        <source>Erase one half of the picture.</source>
        <translation>擦除图片的一半。</translation>
    </message>
    <message>
        <source>Left half</source>
        <translation>左半边</translation>
    </message>
    <message>
        <source>Right half</source>
        <translation>右半边</translation>
    </message>
    <message>
        <source>Upper half</source>
        <translation>上半边</translation>
    </message>
    <message>
        <source>Lower half</source>
        <translation>下半边</translation>
    </message>
    <message>
        <source>Whole again</source>
        <translation>恢复完好</translation>
    </message>
    <message>
        <source>Take all damage back.</source>
        <translation>撤销全部损坏。</translation>
    </message>
    <message>
        <source>Way of repairing</source>
        <translation>修复方式</translation>
    </message>
    <message>
        <source>Whether units take their probabilities as values (mean field), or are drawn (a Gibbs chain).</source>
        <translation>单元以概率作为取值（平均场），还是随机抽取（吉布斯链）。</translation>
    </message>
    <message>
        <source>Mean field</source>
        <translation>平均场</translation>
    </message>
    <message>
        <source>Stochastic</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>Clamp whole pixels</source>
        <translation>钳住完好的像素</translation>
    </message>
    <message>
        <source>Hold undamaged pixels at the data; else all change, and the machine drifts to what it likes best.</source>
        <translation>让未损坏的像素保持数据的值；否则所有像素都会变化，机器会漂向它最偏好的样子。</translation>
    </message>
</context>
<context>
    <name>RbmStep</name>
    <message>
        <source>Sample of the batch</source>
        <translation>批次中的样本</translation>
    </message>
    <message>
        <source>Sample </source>
        <translation>样本 </translation>
    </message>
    <message>
        <source>Which sample of the last batch is followed.</source>
        <translation>跟踪最近一批中的哪个样本。</translation>
    </message>
    <message>
        <source>First hidden unit</source>
        <translation>第一个隐藏单元</translation>
    </message>
    <message>
        <source>Hidden units from </source>
        <translation>隐藏单元从 </translation>
    </message>
    <message>
        <source>Which hidden units are shown; visible ones are those that vary most.</source>
        <translation>显示哪些隐藏单元；可见单元取变化最大的几个。</translation>
    </message>
</context>
<context>
    <name>ReadingDesk</name>
    <message>
        <source>Something unexpected went wrong: {0}</source>
        <translation>发生了意料之外的错误：{0}</translation>
    </message>
</context>
<context>
    <name>Recovery</name>
    <message>
        <source>No recovery copy can be kept in {0}. Save often.</source>
        <translation>无法在 {0} 中保存恢复副本。请经常保存。</translation>
    </message>
    <message>
        <source>No recovery copy can be kept: {0}</source>
        <translation>无法保存恢复副本：{0}</translation>
    </message>
    <message>
        <source>nnviz was not closed properly. Changes to {0} from {1} were kept.</source>
        <translation>nnviz 上次没有正常关闭。{1} 对 {0} 所做的更改已保留。</translation>
    </message>
    <message>
        <source>Recover them</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Discard them</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Recovered {0}. Save it to keep it.</source>
        <translation>已恢复 {0}。请保存以免丢失。</translation>
    </message>
</context>
<context>
    <name>Recurrent</name>
    <message>
        <source>{0}, cell {1}</source>
        <translation>{0}，第 {1} 层单元</translation>
    </message>
    <message>
        <source>{0}, backwards</source>
        <translation>{0}，反向</translation>
    </message>
    <message>
        <source>{0}, forwards</source>
        <translation>{0}，正向</translation>
    </message>
    <message>
        <source>Step {0}: the sequence is over</source>
        <translation>第 {0} 步：序列已结束</translation>
    </message>
    <message>
        <source>Step {0}, input {1}: {2}</source>
        <translation>第 {0} 步，输入 {1}：{2}</translation>
    </message>
    <message>
        <source>Step {0}, input: {1}</source>
        <translation>第 {0} 步，输入：{1}</translation>
    </message>
</context>
<context>
    <name>RecurrentView</name>
    <message>
        <source>Cell</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>Which cell is looked into: its layer, level and direction.</source>
        <translation>查看哪个单元：它所在的层、层级和方向。</translation>
    </message>
    <message>
        <source>Sample </source>
        <translation>样本 </translation>
    </message>
    <message>
        <source>Number of the sample</source>
        <translation>样本编号</translation>
    </message>
</context>
<context>
    <name>RememberedDrawing</name>
    <message>
        <source>Reconstruction</source>
        <translation>重构</translation>
    </message>
    <message>
        <source>&lt;b&gt;Reconstruction&lt;/b&gt;: the drawing goes up to the hidden units of every RBM and down again, with probabilities in place of drawn states: what they remember of it.&lt;br&gt;&lt;b&gt;Free energy&lt;/b&gt; F(v) = -a v - sum log(1 + e&lt;sup&gt;b + W v&lt;/sup&gt;): the lower, the more probable, for p(v) = e&lt;sup&gt;-F(v)&lt;/sup&gt; / Z. By itself it says little, for Z is not known; so it is compared with the same pixels in other places, where Z falls out.</source>
        <translation>&lt;b&gt;重构&lt;/b&gt;：图画向上经过每个 RBM 的隐藏单元再回到下面，用概率代替抽取的状态：这就是它们记住的内容。&lt;br&gt;&lt;b&gt;自由能&lt;/b&gt; F(v) = -a v - sum log(1 + e&lt;sup&gt;b + W v&lt;/sup&gt;)：越低概率越大，因为 p(v) = e&lt;sup&gt;-F(v)&lt;/sup&gt; / Z。Z 未知，所以它本身说明不了什么；因此拿同样的像素换到别的位置来比较，Z 就约掉了。</translation>
    </message>
    <message>
        <source>What the RBM remembers of a drawing is shown here.</source>
        <translation>这里显示 RBM 记住了图画的哪些内容。</translation>
    </message>
    <message>
        <source>Reconstruction through {0} RBMs</source>
        <translation>经过 {0} 个 RBM 的重构</translation>
    </message>
    <message>
        <source>free energy {0} nats</source>
        <translation>自由能 {0} nat</translation>
    </message>
    <message>
        <source>{0} nats more probable than its pixels shuffled</source>
        <translation>对数概率比打乱像素后高 {0} nat</translation>
    </message>
    <message>
        <source>{0} nats less probable than its pixels shuffled</source>
        <translation>对数概率比打乱像素后低 {0} nat</translation>
    </message>
    <message>
        <source>{0}, after {1} steps</source>
        <translation>{0}，训练 {1} 步后</translation>
    </message>
</context>
<context>
    <name>RepairCanvas</name>
    <message>
        <source>Repaired, {0} steps</source>
        <translation>修复后，{0} 步</translation>
    </message>
    <message>
        <source>Sample {0}</source>
        <translation>样本 {0}</translation>
    </message>
    <message>
        <source>Paint damage here</source>
        <translation>在这里涂抹损坏</translation>
    </message>
    <message>
        <source>free energy {0}</source>
        <translation>自由能 {0}</translation>
    </message>
    <message>
        <source>free energy {0}; damaged pixels off by {1}</source>
        <translation>自由能 {0}；损坏像素的偏差 {1}</translation>
    </message>
    <message>
        <source>Stochastic: every damaged pixel is drawn; it wanders among what is probable. Shown: probabilities.</source>
        <translation>随机：每个损坏的像素都随机抽取，在可能的样子之间游走。显示的是概率。</translation>
    </message>
    <message>
        <source>Mean field: every damaged pixel takes its probability; the same end each time.</source>
        <translation>平均场：每个损坏的像素取其概率；每次结果都相同。</translation>
    </message>
    <message>
        <source>steps of the repair</source>
        <translation>修复步数</translation>
    </message>
    <message>
        <source>energy E(v, h)</source>
        <translation>能量 E(v, h)</translation>
    </message>
    <message>
        <source>free energy F(v)</source>
        <translation>自由能 F(v)</translation>
    </message>
    <message>
        <source>F of the sample</source>
        <translation>样本的 F</translation>
    </message>
    <message>
        <source>row {0}, column {1}: {2}</source>
        <translation>第 {0} 行第 {1} 列：{2}</translation>
    </message>
    <message>
        <source>Step {0}: energy {1}, free energy {2}</source>
        <translation>第 {0} 步：能量 {1}，自由能 {2}</translation>
    </message>
</context>
<context>
    <name>RewindBar</name>
    <message>
        <source>Play the training as a film</source>
        <translation>像电影一样播放训练</translation>
    </message>
    <message>
        <source>Show how everything became what it is, from the first step on.</source>
        <translation>从第一步起，显示一切是怎样变成现在这样的。</translation>
    </message>
    <message>
        <source>Step that the views show</source>
        <translation>视图显示的步</translation>
    </message>
    <message>
        <source>Drag back: every view shows the network as it was then. Training goes on meanwhile.</source>
        <translation>往回拖：每个视图都显示网络当时的样子。训练同时继续进行。</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Show the network as it is now.</source>
        <translation>显示网络现在的样子。</translation>
    </message>
    <message>
        <source>Go on from here</source>
        <translation>从这里继续</translation>
    </message>
    <message>
        <source>Continue from this step as a run of its own, with other settings if you like. This one is kept.</source>
        <translation>从这一步起作为单独的运行继续，也可以换用其他设置。原来的运行会保留。</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
</context>
<context>
    <name>Rows</name>
    <message>
        <source>{0} (learned)</source>
        <translation>{0}（要学习的）</translation>
    </message>
</context>
<context>
    <name>RunTable</name>
    <message>
        <source>{0}: {1} parameters</source>
        <translation>{0}：{1} 个参数</translation>
    </message>
    <message>
        <source>Best accuracy on validation data</source>
        <translation>验证数据上的最高准确率</translation>
    </message>
    <message>
        <source>Lowest loss on validation data</source>
        <translation>验证数据上的最低损失</translation>
    </message>
    <message>
        <source>{0} of {1} batches</source>
        <translation>{1} 个批次中的 {0} 个</translation>
    </message>
    <message>
        <source>Went on from step {0} of another run.</source>
        <translation>从另一次运行的第 {0} 步继续。</translation>
    </message>
</context>
<context>
    <name>Runs</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>training</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>cut off</source>
        <translation>中断</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>准确率</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>RunsWorkspace</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Take this run&apos;s network as it ended.</source>
        <translation>取用这次运行结束时的网络。</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the run a name of its own.</source>
        <translation>给这次运行起个名字。</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Show the run&apos;s files in the system&apos;s file browser.</source>
        <translation>在系统的文件浏览器中显示这次运行的文件。</translation>
    </message>
    <message>
        <source>TensorBoard...</source>
        <translation>TensorBoard...</translation>
    </message>
    <message>
        <source>Write curves and settings of the chosen runs so that TensorBoard shows them.</source>
        <translation>把所选运行记录的曲线和设置写成 TensorBoard 能显示的文件。</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Take the chosen runs away; it can be undone.</source>
        <translation>移除所选的运行；可以撤销。</translation>
    </message>
    <message>
        <source>Undo delete</source>
        <translation>撤销删除</translation>
    </message>
    <message>
        <source>Put back what was deleted last.</source>
        <translation>放回最近删除的内容。</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行记录</translation>
    </message>
    <message>
        <source>Search runs</source>
        <translation>搜索运行</translation>
    </message>
    <message>
        <source>Search names, notes, settings</source>
        <translation>搜索名称、备注、设置</translation>
    </message>
    <message>
        <source>Table of runs</source>
        <translation>运行表</translation>
    </message>
    <message>
        <source>Values and settings of the chosen runs</source>
        <translation>所选运行的数值和设置</translation>
    </message>
    <message>
        <source>No run is kept yet</source>
        <translation>还没有保留任何运行</translation>
    </message>
    <message>
        <source>Press Train (F5): every training is kept here with its settings, its curves and its weights, to be compared, rewound and gone on with.</source>
        <translation>按训练（F5）：每次训练都连同设置、曲线和权重保留在这里，可以比较、倒回和继续。</translation>
    </message>
    <message>
        <source>{0} of {1}</source>
        <translation>{0} / {1}</translation>
    </message>
    <message>
        <source>Opening {0}.</source>
        <translation>正在打开 {0}。</translation>
    </message>
    <message>
        <source>The folder is {0}.</source>
        <translation>文件夹是 {0}。</translation>
    </message>
    <message>
        <source>{0} runs</source>
        <translation>{0} 次运行</translation>
    </message>
    <message>
        <source>Deleted {0}. Undo delete brings it back.</source>
        <translation>已删除 {0}。“撤销删除”可以恢复。</translation>
    </message>
    <message>
        <source>What was deleted is back.</source>
        <translation>删除的内容已恢复。</translation>
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
        <source>; {0} for {1}</source>
        <translation>；对 {1} 的贡献 {0}</translation>
    </message>
    <message>
        <source>{0} by {1} pixels, {2} of them inked</source>
        <translation>{0} × {1} 像素，其中 {2} 个有墨迹</translation>
    </message>
    <message>
        <source>gradient × input: blue for {0}, orange against</source>
        <translation>梯度 × 输入：蓝色支持 {0}，橙色反对</translation>
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
        <source>Stopped after step {0}.</source>
        <translation>在第 {0} 步之后停止。</translation>
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
    <name>Shelf</name>
    <message>
        <source>Build from layers or presets</source>
        <translation>用层或预设来搭建</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>预设</translation>
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
    <name>SmallRbmCanvas</name>
    <message>
        <source>Weights and biases, and the probability of every state</source>
        <translation>权重和偏置，以及每个状态的概率</translation>
    </message>
    <message>
        <source>Probability of each state, in %</source>
        <translation>每个状态的概率（%）</translation>
    </message>
    <message>
        <source>Point at a state for its energy; patterns to be learned are violet.</source>
        <translation>指向一个状态可看它的能量；要学习的模式为紫色。</translation>
    </message>
    <message>
        <source>v = {0}, h = {1}: E = {2} (a) + {3} (b) + {4} (W) = {5}</source>
        <translation>v = {0}，h = {1}：E = {2} (a) + {3} (b) + {4} (W) = {5}</translation>
    </message>
</context>
<context>
    <name>SmallRbmLab</name>
    <message>
        <source>You set {0} to {1}: the energy of {2} of the 32 states changed, and every probability.</source>
        <translation>你把 {0} 设为 {1}：32 个状态中有 {2} 个的能量改变了，所有概率也随之改变。</translation>
    </message>
    <message>
        <source>Step {0}, line {1} of 7</source>
        <translation>第 {0} 步，7 行中的第 {1} 行</translation>
    </message>
    <message>
        <source>Positive phase. The data is v0 = {v0}; p(h0) = sigmoid(v0 W + b) = {p0}.</source>
        <translation>正相。数据为 v0 = {v0}；p(h0) = sigmoid(v0 W + b) = {p0}。</translation>
    </message>
    <message>
        <source>Each hidden unit is drawn with its probability {p0}: h0 = {h0}.</source>
        <translation>每个隐藏单元按概率 {p0} 抽样：h0 = {h0}。</translation>
    </message>
    <message>
        <source>Positive association v0&lt;sup&gt;T&lt;/sup&gt; h0 = {positive}: what was on together at the data.</source>
        <translation>正关联 v0&lt;sup&gt;T&lt;/sup&gt; h0 = {positive}：在数据处一起开启的部分。</translation>
    </message>
    <message>
        <source>Negative phase. p(v1) = sigmoid(h0 W&lt;sup&gt;T&lt;/sup&gt; + a) = {q1}, drawn: v1 = {v1}.</source>
        <translation>负相。p(v1) = sigmoid(h0 W&lt;sup&gt;T&lt;/sup&gt; + a) = {q1}，抽样：v1 = {v1}。</translation>
    </message>
    <message>
        <source>p(h1) = sigmoid(v1 W + b) = {p1}; probabilities are enough here.</source>
        <translation>p(h1) = sigmoid(v1 W + b) = {p1}；这里用概率就够了。</translation>
    </message>
    <message>
        <source>Negative association v1&lt;sup&gt;T&lt;/sup&gt; p(h1) = {negative}: what the machine makes of it.</source>
        <translation>负关联 v1&lt;sup&gt;T&lt;/sup&gt; p(h1) = {negative}：机器由此得到的部分。</translation>
    </message>
    <message>
        <source>W += alpha (positive - negative); a += alpha (v0 - v1); b += alpha (h0 - p(h1)): energy goes down at v0 = {v0} and up at v1 = {v1}.</source>
        <translation>W += alpha (正 - 负)；a += alpha (v0 - v1)；b += alpha (h0 - p(h1))：能量在 v0 = {v0} 处下降，在 v1 = {v1} 处上升。</translation>
    </message>
    <message>
        <source>Every state of this &lt;b&gt;restricted Boltzmann machine&lt;/b&gt; has an energy E = -a v - b h - v W h, and the probability e&lt;sup&gt;-E&lt;/sup&gt; / Z; Z is the sum over all 32 states of the table. Learning lowers the energy of the data. &lt;b&gt;Contrastive divergence&lt;/b&gt; compares the data with what one Gibbs step makes of it. It is the gradient of no function at all: the chain&apos;s end depends on the weights too, and that is left out; it only points about where the likelihood&apos;s gradient does. A full &lt;b&gt;Boltzmann machine&lt;/b&gt; also joins visible with visible and hidden with hidden units, so neither side could be drawn at once. An &lt;b&gt;autoencoder&lt;/b&gt; also encodes and decodes, but has no energy, no probabilities, and makes the reconstruction error small, which here only comes along.</source>
        <translation>这台&lt;b&gt;受限玻尔兹曼机&lt;/b&gt;的每个状态都有能量 E = -a v - b h - v W h，概率为 e&lt;sup&gt;-E&lt;/sup&gt; / Z；Z 是表中全部 32 个状态之和。学习会降低数据的能量。&lt;b&gt;对比散度&lt;/b&gt;把数据与一步 Gibbs 采样得到的结果作比较。它不是任何函数的梯度：链的末端也依赖权重，而这一点被略去了；它只是大致指向似然梯度的方向。完整的&lt;b&gt;玻尔兹曼机&lt;/b&gt;还连接可见单元之间、隐藏单元之间，因此任何一侧都不能一次抽样。&lt;b&gt;自编码器&lt;/b&gt;也编码和解码，但没有能量，没有概率，它的目标是减小重构误差，而这里那只是附带的结果。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Drag&lt;/b&gt; a weight or bias up or down (or choose one with the arrow keys and press + or -) and watch the table. &lt;b&gt;Point&lt;/b&gt; at a state for its energy. Then go &lt;b&gt;line&lt;/b&gt; by line through contrastive divergence, or &lt;b&gt;run&lt;/b&gt; whole steps, until the rows of the patterns are dark.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; let it learn 000 and 111 from weights of 0: why does it first learn nothing but how often each unit is on?</source>
        <translation>上下&lt;b&gt;拖动&lt;/b&gt;权重或偏置（或用方向键选中后按 + 或 -），看表格的变化。&lt;b&gt;指向&lt;/b&gt;一个状态可看它的能量。然后&lt;b&gt;逐行&lt;/b&gt;走过对比散度，或&lt;b&gt;运行&lt;/b&gt;整步，直到各模式所在的行变深。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;让它从权重 0 开始学习 000 和 111：为什么它一开始只学会每个单元有多常开启？</translation>
    </message>
    <message>
        <source>The patterns have a mean log-likelihood of &lt;b&gt;{0}&lt;/b&gt; nats (at best {1}).</source>
        <translation>这些模式的平均对数似然为 &lt;b&gt;{0}&lt;/b&gt; nat（最好为 {1}）。</translation>
    </message>
</context>
<context>
    <name>SmoothingControl</name>
    <message>
        <source>Smoothing of training curves</source>
        <translation>训练曲线的平滑</translation>
    </message>
    <message>
        <source>Take the noise of single batches out of training curves.</source>
        <translation>去除训练曲线中单个批次的噪声。</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>平滑</translation>
    </message>
</context>
<context>
    <name>SoftmaxCanvas</name>
    <message>
        <source>Logits, probabilities and gradients of each class</source>
        <translation>每个类别的 logit、概率和梯度</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>click: right one</source>
        <translation>单击：设为正确</translation>
    </message>
    <message>
        <source>Logit z</source>
        <translation>Logit z</translation>
    </message>
    <message>
        <source>drag it</source>
        <translation>拖动它</translation>
    </message>
    <message>
        <source>Probability p</source>
        <translation>概率 p</translation>
    </message>
    <message>
        <source>e^z / sum of e^z</source>
        <translation>e^z / e^z 之和</translation>
    </message>
    <message>
        <source>Cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>Squared error</source>
        <translation>平方误差</translation>
    </message>
    <message>
        <source>dL/dz, small at 0 and 1</source>
        <translation>dL/dz，在 0 和 1 附近很小</translation>
    </message>
    <message>
        <source>{0}: right</source>
        <translation>{0}：正确</translation>
    </message>
    <message>
        <source>steps down the loss</source>
        <translation>沿损失下降的步数</translation>
    </message>
    <message>
        <source>p of the right class</source>
        <translation>正确类别的 p</translation>
    </message>
</context>
<context>
    <name>SoftmaxLab</name>
    <message>
        <source>You set z&lt;sub&gt;{0}&lt;/sub&gt; to {1}; every probability changed with it.</source>
        <translation>您把 z&lt;sub&gt;{0}&lt;/sub&gt; 设为 {1}；所有概率都随之改变。</translation>
    </message>
    <message>
        <source>Class {0} is the right one now: only the losses and their pushes changed.</source>
        <translation>现在类别 {0} 是正确的：只有损失和它们的推力变了。</translation>
    </message>
    <message>
        <source>fell</source>
        <translation>降低</translation>
    </message>
    <message>
        <source>rose</source>
        <translation>升高</translation>
    </message>
    <message>
        <source>Each logit moved against its gradient, z - {0} dL/dz, by at most {1}. The {2} {3} from {4} to {5}; the right class has p = {6} now.</source>
        <translation>每个 logit 都逆着自己的梯度移动，z - {0} dL/dz，最多移动 {1}。{2}从 {4} {3}到 {5}；正确类别现在的 p = {6}。</translation>
    </message>
    <message>
        <source>One step back: the logits are exactly as they were after step {0}.</source>
        <translation>后退一步：logit 与第 {0} 步之后完全一样。</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>A network for {0} classes ends in {0} scores, the &lt;b&gt;logits&lt;/b&gt; z. &lt;b&gt;Softmax&lt;/b&gt; makes probabilities of them: p = e&lt;sup&gt;z&lt;/sup&gt; / &amp;Sigma; e&lt;sup&gt;z&lt;/sup&gt;, each above 0, together 1. A &lt;b&gt;loss&lt;/b&gt; says how wrong they are, y being 1 for the right class and 0 for the others: &lt;b&gt;cross-entropy&lt;/b&gt; -log p of the right class, or the &lt;b&gt;mean squared error&lt;/b&gt; (p - y)&amp;sup2;. The two right columns show how hard each loss pushes each logit.</source>
        <translation>用于 {0} 个类别的网络以 {0} 个分数结尾，即 &lt;b&gt;logit&lt;/b&gt; z。&lt;b&gt;Softmax&lt;/b&gt; 把它们变成概率：p = e&lt;sup&gt;z&lt;/sup&gt; / &amp;Sigma; e&lt;sup&gt;z&lt;/sup&gt;，每个都大于 0，总和为 1。&lt;b&gt;损失&lt;/b&gt;表示它们错得有多厉害，正确类别的 y 为 1，其他类别为 0：&lt;b&gt;交叉熵&lt;/b&gt;是正确类别的 -log p，&lt;b&gt;均方误差&lt;/b&gt;是 (p - y)&amp;sup2;。右边两列显示每种损失对每个 logit 的推力有多大。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Drag&lt;/b&gt; a logit, or choose a row with the up and down keys and press + or -. &lt;b&gt;Click&lt;/b&gt; a class (or press Enter) to make it the right one. Then &lt;b&gt;step&lt;/b&gt; or &lt;b&gt;run&lt;/b&gt;: the logits go down the loss that is chosen below.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; drag the right class to -6 and a wrong one to +6, and compare the pushes: squared error hardly pushes at all. That is why classifiers learn from cross-entropy.</source>
        <translation>&lt;b&gt;拖动&lt;/b&gt;一个 logit，或用上下键选择一行，再按 + 或 -。&lt;b&gt;单击&lt;/b&gt;一个类别（或按回车键），把它设为正确类别。然后&lt;b&gt;单步&lt;/b&gt;或&lt;b&gt;运行&lt;/b&gt;：logit 沿着下面选定的损失下降。&lt;br&gt;&lt;b&gt;试试看：&lt;/b&gt;把正确类别拖到 -6，把一个错误类别拖到 +6，比较两种推力：平方误差几乎不推。这就是分类器用交叉熵学习的原因。</translation>
    </message>
    <message>
        <source>Cross-entropy is &lt;b&gt;{0}&lt;/b&gt;, mean squared error &lt;b&gt;{1}&lt;/b&gt;.</source>
        <translation>交叉熵为 &lt;b&gt;{0}&lt;/b&gt;，均方误差为 &lt;b&gt;{1}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>which is right</source>
        <translation>这是正确的</translation>
    </message>
    <message>
        <source>but class {0} is right</source>
        <translation>但正确的是类别 {0}</translation>
    </message>
    <message>
        <source>The largest logit wins: class {0} has p = {1}, {2}.</source>
        <translation>最大的 logit 获胜：类别 {0} 的 p = {1}，{2}。</translation>
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
        <source>0 to 1</source>
        <translation>0 到 1</translation>
    </message>
    <message>
        <source>000 and 111</source>
        <translation>000 和 111</translation>
    </message>
    <message>
        <source>1,000 labels: pre-trained</source>
        <translation>1,000 个标签：预训练</translation>
    </message>
    <message>
        <source>1,000 labels: random start</source>
        <translation>1,000 个标签：随机起点</translation>
    </message>
    <message>
        <source>101</source>
        <translation>101</translation>
    </message>
    <message>
        <source>110 and 011</source>
        <translation>110 和 011</translation>
    </message>
    <message>
        <source>A few letters, a long pause, a signal; then all letters are to be said again, in their order.</source>
        <translation>几个字母，一段长停顿，一个信号；然后要按顺序重说所有字母。</translation>
    </message>
    <message>
        <source>A folder of images: each folder within it is a class of that name, and the images in that are its samples.</source>
        <translation>图像文件夹：其中的每个子文件夹是一个同名的类别，里面的图像是这个类别的样本。</translation>
    </message>
    <message>
        <source>A learned vector for each symbol: y_t = row number x_t of a table W. Symbols of like use end up side by side.</source>
        <translation>为每个符号学习一个向量：y_t = 表 W 的第 x_t 行。用法相似的符号最终相邻。</translation>
    </message>
    <message>
        <source>A learning rate ten times larger, or Adam, which finds the size of its steps by itself.</source>
        <translation>将学习率增大十倍，或改用能自行调节步长的 Adam。</translation>
    </message>
    <message>
        <source>A learning rate ten times smaller; if the loss then falls but slowly, go up again threefold.</source>
        <translation>将学习率减小到十分之一；如果损失随后下降但很慢，再增大三倍。</translation>
    </message>
    <message>
        <source>A network that goes on where a curve ends: fed with its own forecast, it errs more the further it goes.</source>
        <translation>网络接着曲线的末端往下走：以自己的预测为输入，走得越远，误差越大。</translation>
    </message>
    <message>
        <source>A recurrent network sees one row at a time, and remembers the rest of the digit in its cell state.</source>
        <translation>循环网络每次只看一行，把数字的其余部分记在细胞状态里。</translation>
    </message>
    <message>
        <source>A row of random bits, each to be said again a few steps later, while new ones arrive.</source>
        <translation>一串随机比特，每个都要在几步之后重说，同时又有新的到来。</translation>
    </message>
    <message>
        <source>A second function, drawn beside it.</source>
        <translation>画在旁边的第二个函数。</translation>
    </message>
    <message>
        <source>A second initialisation, always at scale 1, drawn beside it.</source>
        <translation>第二种初始化，缩放恒为 1，画在旁边。</translation>
    </message>
    <message>
        <source>A smaller learning rate, and Reset: what is dead stays dead in this run.</source>
        <translation>减小学习率并重置：已死亡的单元在本次运行中不会恢复。</translation>
    </message>
    <message>
        <source>A step goes down the slope by learning rate times gradient. Where that is too far it leaps across the valley and lands higher on the other side, where the slope is steeper still, so that the next step leaps even further.</source>
        <translation>每一步沿坡下降的距离是学习率乘以梯度。如果走得太远，就会越过谷底，落在对面更高处，那里的坡更陡，于是下一步跳得更远。</translation>
    </message>
    <message>
        <source>A table in a text file: one sample a row, one column the label, the others inputs.</source>
        <translation>文本文件中的表格：每行一个样本，一列是标签，其余各列是输入。</translation>
    </message>
    <message>
        <source>A text file in UTF-8, read character by character; at each of them the next one is to be told.</source>
        <translation>UTF-8 编码的文本文件，逐个字符读入；在每个字符处要说出下一个字符。</translation>
    </message>
    <message>
        <source>A unit that remembers: an X switches it on, the next X off, and nothing else changes it.</source>
        <translation>会记忆的单元：一个 X 把它打开，下一个 X 关上，别的都不改变它。</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Activation functions</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>Adagrad</source>
        <translation>Adagrad</translation>
    </message>
    <message>
        <source>Adding problem</source>
        <translation>加法问题</translation>
    </message>
    <message>
        <source>Adding problem: LSTM</source>
        <translation>加法问题：LSTM</translation>
    </message>
    <message>
        <source>Adding problem: plain RNN</source>
        <translation>加法问题：普通 RNN</translation>
    </message>
    <message>
        <source>Afterwards</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Ahead</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>All 55,000 pictures teach the strokes, only 1,000 labels the names: compare it with a random start.</source>
        <translation>全部 55,000 张图片教会笔画，只有 1,000 个标签教会名称：与随机起点比较一下。</translation>
    </message>
    <message>
        <source>All convolutional</source>
        <translation>全卷积网络</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>An activation that is learned: every unit chooses the largest of several straight lines.</source>
        <translation>可以学习的激活：每个单元取几条直线中最大的一条。</translation>
    </message>
    <message>
        <source>An end that can reach the answers: linear for numbers, one output per class for classes.</source>
        <translation>使用能够给出所需答案的输出层：预测数值用线性输出，分类则每个类别一个输出。</translation>
    </message>
    <message>
        <source>Another start (the seed), or another learning rate, ten times larger or smaller.</source>
        <translation>换一个起点（随机种子），或将学习率增大或减小十倍。</translation>
    </message>
    <message>
        <source>Arrays (npz)</source>
        <translation>数组（npz）</translation>
    </message>
    <message>
        <source>Ask first</source>
        <translation>先提问</translation>
    </message>
    <message>
        <source>Asks of every class by itself whether it is the right one: -log p if it is, -log(1 - p) if it is not.</source>
        <translation>对每个类别单独判断它是否正确：正确时为 -log p，不正确时为 -log(1 - p)。</translation>
    </message>
    <message>
        <source>Average pooling</source>
        <translation>平均池化</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>轴</translation>
    </message>
    <message>
        <source>B1</source>
        <translation>B1</translation>
    </message>
    <message>
        <source>B2</source>
        <translation>B2</translation>
    </message>
    <message>
        <source>Batch norm between the layers, or a smaller learning rate.</source>
        <translation>在层之间加入批归一化，或减小学习率。</translation>
    </message>
    <message>
        <source>Batch norm in front of the activations keeps them where they are steep.</source>
        <translation>在激活函数之前加入批归一化，使其保持在陡峭的区域。</translation>
    </message>
    <message>
        <source>Beale</source>
        <translation>Beale</translation>
    </message>
    <message>
        <source>Behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>Beta</source>
        <translation>Beta</translation>
    </message>
    <message>
        <source>Bidirectional</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>Binarise</source>
        <translation>二值化</translation>
    </message>
    <message>
        <source>Binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>Characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Continuous visible units on small scans: strokes within a minute, and nothing to download.</source>
        <translation>用连续可见单元学习小幅扫描图：一分钟之内出现笔画，无需下载。</translation>
    </message>
    <message>
        <source>Contrastive divergence, one RBM after the other: each learns the hidden probabilities of the one below.</source>
        <translation>对比散度，逐个训练 RBM：每个都学习它下面那个 RBM 的隐藏单元概率。</translation>
    </message>
    <message>
        <source>Contrastive divergence: hidden units become pen strokes without a single label.</source>
        <translation>对比散度：没有任何标签，隐藏单元也会变成笔画。</translation>
    </message>
    <message>
        <source>Convolution lab</source>
        <translation>卷积实验</translation>
    </message>
    <message>
        <source>Copy after a delay</source>
        <translation>延迟复制</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Cuts every number of the gradient off at a largest size; the direction may change.</source>
        <translation>把梯度中的每个数限制在最大值以内；方向可能改变。</translation>
    </message>
    <message>
        <source>DBN 784-500-500-2000-10</source>
        <translation>DBN 784-500-500-2000-10</translation>
    </message>
    <message>
        <source>Decay</source>
        <translation>衰减率</translation>
    </message>
    <message>
        <source>Decoupled weight decay</source>
        <translation>解耦权重衰减</translation>
    </message>
    <message>
        <source>Delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>Depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>Digits drawn by you</source>
        <translation>您写的数字</translation>
    </message>
    <message>
        <source>Dilation</source>
        <translation>空洞率</translation>
    </message>
    <message>
        <source>Distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>Divides each gradient by its recent size: the root of a running mean of its square.</source>
        <translation>把每个梯度除以它近期的大小：其平方的滑动平均的平方根。</translation>
    </message>
    <message>
        <source>Dropout rate</source>
        <translation>Dropout 率</translation>
    </message>
    <message>
        <source>ELU</source>
        <translation>ELU</translation>
    </message>
    <message>
        <source>Each step moves the weights by {percent} % of their size only; a tenth of a per cent is usual. At that pace nothing changes: the learning rate of {rate} is too small, or the gradient is.</source>
        <translation>每一步只改变权重大小的 {percent} %；通常约为千分之一。照此速度几乎没有变化：学习率 {rate} 太小，或者梯度太小。</translation>
    </message>
    <message>
        <source>Early stopping</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>Echo</source>
        <translation>回声</translation>
    </message>
    <message>
        <source>Eight ReLU layers</source>
        <translation>八层 ReLU</translation>
    </message>
    <message>
        <source>Eight sigmoid layers</source>
        <translation>八层 sigmoid</translation>
    </message>
    <message>
        <source>Either the steps are too small to get anywhere, or the network cannot say what the data asks for: too few units or layers, or an end that cannot reach the answers, like a sigmoid for numbers above 1.</source>
        <translation>要么步长太小而没有进展，要么网络无法表达数据所要求的内容：单元或层太少，或者输出层达不到答案的范围，例如用 sigmoid 预测大于 1 的数值。</translation>
    </message>
    <message>
        <source>Embedding</source>
        <translation>嵌入</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Evenly spread between two limits, or normal.</source>
        <translation>在两个界限之间均匀分布，或正态分布。</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>Every value is zero: right for biases, wrong for the weights of hidden layers.</source>
        <translation>所有值都为零：适合偏置，不适合隐藏层的权重。</translation>
    </message>
    <message>
        <source>Exponential linear unit: y = x where x &gt; 0, alpha (e^x - 1) elsewhere, which bends smoothly towards -alpha.</source>
        <translation>指数线性单元：x &gt; 0 时 y = x，其余为 alpha (e^x - 1)，平滑地趋向 -alpha。</translation>
    </message>
    <message>
        <source>FTRL-Proximal</source>
        <translation>FTRL-Proximal</translation>
    </message>
    <message>
        <source>Factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>Factor on the spread; 5/3 is usual before tanh.</source>
        <translation>分布宽度的倍数；在 tanh 之前常用 5/3。</translation>
    </message>
    <message>
        <source>Falls by the same factor each time another stretch of the training is done, and stays level in between.</source>
        <translation>每完成训练的一个阶段就乘以同一个系数，阶段之内保持不变。</translation>
    </message>
    <message>
        <source>Falls from the optimiser&apos;s rate along half a cosine: slowly at first, fast in the middle, slowly at the end.</source>
        <translation>从优化器的学习率出发沿半个余弦下降：开始慢，中间快，最后慢。</translation>
    </message>
    <message>
        <source>Few enough hidden units to go through all 65,536 states: the likelihood itself can be seen.</source>
        <translation>隐藏单元很少，可以遍历全部 65,536 个状态：能看到似然本身。</translation>
    </message>
    <message>
        <source>Few points, L2</source>
        <translation>少量点，L2</translation>
    </message>
    <message>
        <source>Fewer layers.</source>
        <translation>减少层数。</translation>
    </message>
    <message>
        <source>Folder of images</source>
        <translation>图像文件夹</translation>
    </message>
    <message>
        <source>Follow the regularised leader: goes to where all gradients so far would have been best followed, but not far.</source>
        <translation>跟随正则化的领先者：走向迄今所有梯度加在一起的最优处，但不走远。</translation>
    </message>
    <message>
        <source>Followed</source>
        <translation>跟随的优化器</translation>
    </message>
    <message>
        <source>Forget bias</source>
        <translation>遗忘门偏置</translation>
    </message>
    <message>
        <source>Forward and backward</source>
        <translation>前向与反向</translation>
    </message>
    <message>
        <source>From a trained file</source>
        <translation>来自训练好的文件</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>GELU</source>
        <translation>GELU</translation>
    </message>
    <message>
        <source>GRU</source>
        <translation>GRU</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>Gated recurrent unit: an update gate mixes old hidden state and candidate; there is no cell state beside it.</source>
        <translation>门控循环单元：更新门混合旧的隐藏状态与候选值；没有另外的细胞状态。</translation>
    </message>
    <message>
        <source>Gaussian RBM</source>
        <translation>高斯 RBM</translation>
    </message>
    <message>
        <source>Gaussian blur</source>
        <translation>高斯模糊</translation>
    </message>
    <message>
        <source>Gaussian error linear unit: y = x P(N &lt; x) for a standard normal N, a rectifier with a soft knee.</source>
        <translation>高斯误差线性单元：y = x P(N &lt; x)，N 为标准正态分布，是拐角柔和的修正线性单元。</translation>
    </message>
    <message>
        <source>Gibbs steps</source>
        <translation>吉布斯步数</translation>
    </message>
    <message>
        <source>Gives each weight a rate of its own, which falls with all gradients that the weight has seen.</source>
        <translation>给每个权重各自的学习率，随该权重见过的所有梯度而下降。</translation>
    </message>
    <message>
        <source>Global average pooling</source>
        <translation>全局平均池化</translation>
    </message>
    <message>
        <source>Gradient clipping by norm</source>
        <translation>按范数裁剪梯度</translation>
    </message>
    <message>
        <source>Gradient clipping by norm, among the regularisers: no single step can then be too long.</source>
        <translation>在正则化方法中选择按范数裁剪梯度：这样任何一步都不会太长。</translation>
    </message>
    <message>
        <source>Gradient clipping by value</source>
        <translation>按值裁剪梯度</translation>
    </message>
    <message>
        <source>Greedy pre-training, layer by layer, then fine-tuning; the top layer can dream of a digit.</source>
        <translation>逐层贪心预训练，然后微调；顶层能梦见一个数字。</translation>
    </message>
    <message>
        <source>Greedy, layer by layer</source>
        <translation>逐层贪心</translation>
    </message>
    <message>
        <source>Grey images and their labels in two IDX files, packed with gzip or not, as MNIST and its relatives have them.</source>
        <translation>两个 IDX 文件中的灰度图像和标签，可用 gzip 压缩也可不压缩，MNIST 及其同类数据集都是这样。</translation>
    </message>
    <message>
        <source>Grey or colour; automatically, colour if one of the images has colours.</source>
        <translation>灰度或彩色；自动：只要有一张图像是彩色的，就按彩色读取。</translation>
    </message>
    <message>
        <source>He</source>
        <translation>He</translation>
    </message>
    <message>
        <source>He (for ReLU) or Xavier (for sigmoid and tanh) as initialiser: weights of the right size keep the gradient&apos;s.</source>
        <translation>使用 He（用于 ReLU）或 Xavier（用于 sigmoid 和 tanh）初始化：大小合适的权重能保持梯度的大小。</translation>
    </message>
    <message>
        <source>He as initialiser of the weights, and biases that start at zero.</source>
        <translation>权重用 He 初始化，偏置从零开始。</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Height of every sample; 0 for the most common one.</source>
        <translation>每个样本的高度；0 表示最常见的高度。</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏单元数</translation>
    </message>
    <message>
        <source>Hidden activation</source>
        <translation>隐藏层激活</translation>
    </message>
    <message>
        <source>Hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>Hidden units</source>
        <translation>隐藏单元</translation>
    </message>
    <message>
        <source>How RBMs in front of other layers learn before the whole network does.</source>
        <translation>位于其他层之前的 RBM 如何在整个网络学习之前先学习。</translation>
    </message>
    <message>
        <source>How data between 0 and 1 become 0 or 1: by a threshold at a half, by chance anew at each use (sample), or not at all (probabilities).</source>
        <translation>0 和 1 之间的数据如何变成 0 或 1：以一半为阈值（threshold），每次使用时重新随机抽取（sample），或保持不变（probabilities）。</translation>
    </message>
    <message>
        <source>How far apart the cells are that the second kernel looks at.</source>
        <translation>第二个卷积核所看的格子相距多远。</translation>
    </message>
    <message>
        <source>How far apart the pixels are that the kernel looks at: d.</source>
        <translation>卷积核所看的像素相距多远：d。</translation>
    </message>
    <message>
        <source>How far the kernel goes on at a time: s.</source>
        <translation>卷积核每次前进多远：s。</translation>
    </message>
    <message>
        <source>How far the second kernel goes on at a time.</source>
        <translation>第二个卷积核每次前进多远。</translation>
    </message>
    <message>
        <source>How far the second window goes on at a time.</source>
        <translation>第二个窗口每次前进多远。</translation>
    </message>
    <message>
        <source>How far the window of the pooling goes on at a time.</source>
        <translation>池化窗口每次前进多远。</translation>
    </message>
    <message>
        <source>How hard every weight is pulled to 0: lambda.</source>
        <translation>每个权重被拉向 0 的力度：lambda。</translation>
    </message>
    <message>
        <source>How many classes there are to choose from.</source>
        <translation>有多少个类别可选。</translation>
    </message>
    <message>
        <source>How many different characters are told apart; all rarer ones become one.</source>
        <translation>区分多少种不同的字符；更少见的字符全部合并为一个。</translation>
    </message>
    <message>
        <source>How much of a negative input comes through.</source>
        <translation>负的输入能通过多少。</translation>
    </message>
    <message>
        <source>How often every training sample is used for each RBM.</source>
        <translation>训练每个 RBM 时，每个训练样本使用的次数。</translation>
    </message>
    <message>
        <source>How overfitting is fought.</source>
        <translation>怎样对付过拟合。</translation>
    </message>
    <message>
        <source>How strong the pull is: lambda.</source>
        <translation>拉力的强度：lambda。</translation>
    </message>
    <message>
        <source>How strongly units are pulled to that share; 0 leaves them alone.</source>
        <translation>把单元拉向这个比例的力有多大；0 表示不拉。</translation>
    </message>
    <message>
        <source>How strongly weights are pulled to zero (L2).</source>
        <translation>把权重拉向零的力度（L2）。</translation>
    </message>
    <message>
        <source>How the letters are written as bytes.</source>
        <translation>文字以什么方式写成字节。</translation>
    </message>
    <message>
        <source>How the weights are drawn.</source>
        <translation>怎样抽取权重。</translation>
    </message>
    <message>
        <source>How the weights from step to step start.</source>
        <translation>步与步之间的权重如何开始。</translation>
    </message>
    <message>
        <source>How the weights of the inputs start.</source>
        <translation>输入的权重如何开始。</translation>
    </message>
    <message>
        <source>How wrong the output is, as one number.</source>
        <translation>输出错得有多厉害，用一个数表示。</translation>
    </message>
    <message>
        <source>IDX pair</source>
        <translation>IDX 文件对</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>Initial accumulator</source>
        <translation>累加器初值</translation>
    </message>
    <message>
        <source>Initialisation</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>Input initialiser</source>
        <translation>输入初始化</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Items</source>
        <translation>项数</translation>
    </message>
    <message>
        <source>Keep best</source>
        <translation>保留最优</translation>
    </message>
    <message>
        <source>Keeps</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>Keeps a velocity, like a ball that rolls downhill: v &lt;- mu v + g, then w &lt;- w - eta v.</source>
        <translation>保持一个速度，像滚下山坡的球：v &lt;- mu v + g，然后 w &lt;- w - eta v。</translation>
    </message>
    <message>
        <source>Keeps one number per channel: its mean over the whole image, a vector that needs no flattening.</source>
        <translation>每个通道只留一个数：整张图像的平均值，得到的向量无需展平。</translation>
    </message>
    <message>
        <source>Keeps the incoming weights of each unit, or each filter, within a ball: longer ones are shortened to its surface.</source>
        <translation>使每个单元或每个滤波器的输入权重保持在一个球内：超出的缩短到球面上。</translation>
    </message>
    <message>
        <source>Keeps the largest of every few neighbouring values: y_i = max over j of z_ij, j from 1 to pieces.</source>
        <translation>每几个相邻的值只保留最大的：y_i = max z_ij，j 从 1 到段数。</translation>
    </message>
    <message>
        <source>Keeps the mean of each window, channel by channel: a small, soft picture of what was there.</source>
        <translation>逐通道保留每个窗口的平均值：原来内容的小而柔和的图像。</translation>
    </message>
    <message>
        <source>Keeps the square root of the sum of squares of each window, channel by channel.</source>
        <translation>逐通道保留每个窗口的平方和的平方根。</translation>
    </message>
    <message>
        <source>Kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>L1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>L2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>L2 norm</source>
        <translation>L2 范数</translation>
    </message>
    <message>
        <source>L2 or dropout, which keep the network from relying on single weights and units; or fewer units.</source>
        <translation>使用 L2 或 dropout，使网络不依赖个别权重和单元；或者减少单元数。</translation>
    </message>
    <message>
        <source>L2-norm pooling</source>
        <translation>L2 范数池化</translation>
    </message>
    <message>
        <source>LSTM</source>
        <translation>LSTM</translation>
    </message>
    <message>
        <source>LSTM cell</source>
        <translation>LSTM 单元</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Largest length of the gradient: c.</source>
        <translation>梯度的最大长度：c。</translation>
    </message>
    <message>
        <source>Largest length of the weights into one unit: c.</source>
        <translation>一个单元的输入权重的最大长度：c。</translation>
    </message>
    <message>
        <source>Largest size of each number of the gradient: c.</source>
        <translation>梯度中每个数的最大绝对值：c。</translation>
    </message>
    <message>
        <source>Last share</source>
        <translation>末尾比例</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>LeNet-5</source>
        <translation>LeNet-5</translation>
    </message>
    <message>
        <source>Leak</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>Leaky ReLU</source>
        <translation>Leaky ReLU</translation>
    </message>
    <message>
        <source>Leaky ReLU, ELU or maxout in place of ReLU: their slope is not zero on the left.</source>
        <translation>用 Leaky ReLU、ELU 或 maxout 代替 ReLU：它们在左侧的斜率不为零。</translation>
    </message>
    <message>
        <source>Leaky rectifier: y = x where x &gt; 0, slope times x elsewhere, so that no unit can die.</source>
        <translation>带泄漏的修正线性单元：x &gt; 0 时 y = x，其余为斜率乘以 x，所以没有单元会死亡。</translation>
    </message>
    <message>
        <source>Learning rate {rate} next time</source>
        <translation>下次学习率用 {rate}</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Length of a step, as a share of the drawing&apos;s longer side.</source>
        <translation>每一步的长度，占图形较长边的比例。</translation>
    </message>
    <message>
        <source>Length of each direction; 1.41 makes up for ReLU.</source>
        <translation>每个方向的长度；1.41 可以补偿 ReLU。</translation>
    </message>
    <message>
        <source>Letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>Long short-term memory: a cell state that gates keep, add to and let out, so that it can last.</source>
        <translation>长短期记忆：由门来保持、添加和输出的细胞状态，因此可以持久。</translation>
    </message>
    <message>
        <source>Longest period</source>
        <translation>最长周期</translation>
    </message>
    <message>
        <source>MNIST as long sequences: each picture is read pixel by pixel, row after row, in 784 steps; or in mixed order.</source>
        <translation>作为长序列的 MNIST：逐像素逐行读取每幅图，共 784 步；或按打乱的顺序。</translation>
    </message>
    <message>
        <source>MNIST as sequences: each picture is read row by row from above, 28 steps of 28 pixels.</source>
        <translation>作为序列的 MNIST：从上到下逐行读取每幅图，28 步，每步 28 像素。</translation>
    </message>
    <message>
        <source>MNIST by pixels</source>
        <translation>MNIST 逐像素</translation>
    </message>
    <message>
        <source>MNIST by rows</source>
        <translation>MNIST 逐行</translation>
    </message>
    <message>
        <source>MNIST of which a teacher has labelled a few digits only: the other training images come without labels.</source>
        <translation>老师只标注了少数数字的 MNIST：其余训练图像没有标签。</translation>
    </message>
    <message>
        <source>MNIST row by row</source>
        <translation>MNIST 一行一行</translation>
    </message>
    <message>
        <source>MNIST, few labels</source>
        <translation>MNIST，少量标签</translation>
    </message>
    <message>
        <source>Max-norm</source>
        <translation>最大范数</translation>
    </message>
    <message>
        <source>Maxout</source>
        <translation>Maxout</translation>
    </message>
    <message>
        <source>Maxout MLP</source>
        <translation>Maxout MLP</translation>
    </message>
    <message>
        <source>Mean of inputs</source>
        <translation>输入均值</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Minus the value that very negative inputs come near.</source>
        <translation>很负的输入所趋近的值，取负。</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>More training data, or augmentation, which makes each image another one every time.</source>
        <translation>使用更多训练数据，或使用数据增强，让每张图像每次都有所不同。</translation>
    </message>
    <message>
        <source>More units or one more hidden layer with ReLU: without hidden layers only straight borders are possible.</source>
        <translation>增加单元，或再加一个带 ReLU 的隐藏层：没有隐藏层时只能得到直线边界。</translation>
    </message>
    <message>
        <source>Most characters</source>
        <translation>最多字符种数</translation>
    </message>
    <message>
        <source>Name of its layer, as in conv2d_1 or dense_2; empty takes the first one that fits.</source>
        <translation>其中层的名称，例如 conv2d_1 或 dense_2；留空则取第一个匹配的层。</translation>
    </message>
    <message>
        <source>Name of the array with the inputs; found by its name if empty.</source>
        <translation>输入数组的名称；留空则按名称自动寻找。</translation>
    </message>
    <message>
        <source>Name of the array with the labels; found by its name if empty.</source>
        <translation>标签数组的名称；留空则按名称自动寻找。</translation>
    </message>
    <message>
        <source>Name of the column to be learned; the last one if empty.</source>
        <translation>要学习的列的名称；留空则取最后一列。</translation>
    </message>
    <message>
        <source>Names of columns that are not used, separated by semicolons.</source>
        <translation>不使用的列的名称，用分号隔开。</translation>
    </message>
    <message>
        <source>Nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>No bend at all: y = x, the activation of a regression&apos;s last layer.</source>
        <translation>完全没有弯曲：y = x，用于回归的最后一层。</translation>
    </message>
    <message>
        <source>No pooling and no dense layer: strides shrink the picture, and each class is the mean of its own map.</source>
        <translation>没有池化，也没有全连接层：步幅使图像缩小，每个类别是自己那张特征图的平均值。</translation>
    </message>
    <message>
        <source>Noise of variance 2 / (inputs + outputs), which keeps signals and gradients of tanh and sigmoid layers in size.</source>
        <translation>方差为 2 / (输入数 + 输出数) 的噪声，使 tanh 和 sigmoid 层的信号和梯度大小保持不变。</translation>
    </message>
    <message>
        <source>Noise of variance 2 / inputs, which makes up for the half of all signals that ReLU takes away.</source>
        <translation>方差为 2 / 输入数的噪声，补偿被 ReLU 去掉的一半信号。</translation>
    </message>
    <message>
        <source>Noisy series</source>
        <translation>带噪声的序列</translation>
    </message>
    <message>
        <source>None: RBMs in front of other layers are dense layers with a sigmoid, and begin with random weights.</source>
        <translation>无：其他层前面的 RBM 就是带 sigmoid 的全连接层，从随机权重开始。</translation>
    </message>
    <message>
        <source>Norm limit</source>
        <translation>范数上限</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>Normal noise around zero, its far tails included.</source>
        <translation>以零为中心的正态噪声，包括远处的尾部。</translation>
    </message>
    <message>
        <source>Normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>Nothing but the next character is learned, and still words come of it, and lines, and nearly sentences.</source>
        <translation>学的只是下一个字符，却由此产生了词、行，乃至几乎完整的句子。</translation>
    </message>
    <message>
        <source>Number of cells one upon the other: each reads the hidden states of the one below.</source>
        <translation>叠在一起的单元层数：每层读取下一层的隐藏状态。</translation>
    </message>
    <message>
        <source>Number of characters of a sequence.</source>
        <translation>一个序列的字符数。</translation>
    </message>
    <message>
        <source>Number of different letters besides X.</source>
        <translation>除 X 外不同字母的个数。</translation>
    </message>
    <message>
        <source>Number of different letters.</source>
        <translation>不同字母的个数。</translation>
    </message>
    <message>
        <source>Number of different symbols.</source>
        <translation>不同符号的个数。</translation>
    </message>
    <message>
        <source>Number of hidden layers.</source>
        <translation>隐藏层数。</translation>
    </message>
    <message>
        <source>Number of hidden units.</source>
        <translation>隐藏单元的数量。</translation>
    </message>
    <message>
        <source>Number of inputs that the cell reads.</source>
        <translation>单元读入的输入个数。</translation>
    </message>
    <message>
        <source>Number of inputs.</source>
        <translation>输入数。</translation>
    </message>
    <message>
        <source>Number of labelled training images, a tenth of them of each digit.</source>
        <translation>有标签的训练图像的数量，每个数字占十分之一。</translation>
    </message>
    <message>
        <source>Number of layers in the stack.</source>
        <translation>堆叠的层数。</translation>
    </message>
    <message>
        <source>Number of letters to be kept.</source>
        <translation>要记住的字母数。</translation>
    </message>
    <message>
        <source>Number of measurements on validation data in a row without a lower loss after which training ends; 0 trains to the end.</source>
        <translation>在验证数据上连续多少次测量损失没有降低之后结束训练；0 表示训练到底。</translation>
    </message>
    <message>
        <source>Number of neighbouring values of which the largest is kept.</source>
        <translation>每多少个相邻的值中保留最大的一个。</translation>
    </message>
    <message>
        <source>Number of outputs.</source>
        <translation>输出数。</translation>
    </message>
    <message>
        <source>Number of sines that are added up.</source>
        <translation>相加的正弦个数。</translation>
    </message>
    <message>
        <source>Number of steps after which the gradient is cut on its way back through time; 0 lets it go back to the first.</source>
        <translation>梯度沿时间传回多少步后被截断；0 表示一直传到第一步。</translation>
    </message>
    <message>
        <source>Number of steps between two measurements on validation data; 0 measures after each epoch. Training by epochs measures after each epoch in any case.</source>
        <translation>在验证数据上两次测量之间的步数；0 表示每轮之后测量。按轮训练时，每轮之后总会测量。</translation>
    </message>
    <message>
        <source>Number of steps of the longest sequence.</source>
        <translation>最长序列的步数。</translation>
    </message>
    <message>
        <source>Number of steps of the longest sequence; what goes on is cut.</source>
        <translation>最长序列的步数；超出的部分会被截去。</translation>
    </message>
    <message>
        <source>Number of steps that are forecast at once.</source>
        <translation>一次预测的步数。</translation>
    </message>
    <message>
        <source>Number of steps.</source>
        <translation>步数。</translation>
    </message>
    <message>
        <source>Number of stretches of the training, each with its own rate.</source>
        <translation>训练分成多少个阶段，每个阶段有自己的学习率。</translation>
    </message>
    <message>
        <source>Number of training points.</source>
        <translation>训练点的数量。</translation>
    </message>
    <message>
        <source>Number of training sequences.</source>
        <translation>训练序列的数目。</translation>
    </message>
    <message>
        <source>Number of values that stand for a symbol.</source>
        <translation>代表一个符号的数值个数。</translation>
    </message>
    <message>
        <source>Numpy arrays in an .npz file: inputs, (N, ...), and labels, (N,) or (N, values).</source>
        <translation>.npz 文件中的 Numpy 数组：输入 (N, ...) 和标签 (N,) 或 (N, 值的个数)。</translation>
    </message>
    <message>
        <source>Offset of maxout&apos;s first line.</source>
        <translation>maxout 第一条直线的偏移。</translation>
    </message>
    <message>
        <source>Offset of maxout&apos;s second line.</source>
        <translation>maxout 第二条直线的偏移。</translation>
    </message>
    <message>
        <source>On its way back the gradient is multiplied by the slope of every activation. That of a sigmoid is at most 0.25, and next to nothing where it is saturated ({percent} % of the values here); after {layers} such layers hardly anything is left, so the first layers stay as chance has made them.</source>
        <translation>梯度在反向传播时要乘以每个激活函数的斜率。sigmoid 的斜率最大为 0.25，在饱和处几乎为零（这里占 {percent} % 的值）；经过 {layers} 个这样的层后几乎什么也不剩，因此前几层停留在随机初始化的状态。</translation>
    </message>
    <message>
        <source>On its way back the gradient is multiplied by the weights and slopes of one layer after the other. Where these are small hardly anything is left after {layers} layers, so the first ones stay as chance has made them.</source>
        <translation>梯度在反向传播时要逐层乘以权重和斜率。如果它们很小，经过 {layers} 层后几乎什么也不剩，因此前几层停留在随机初始化的状态。</translation>
    </message>
    <message>
        <source>On its way back to the input the gradient is multiplied by the weights of one layer after the other. Where these are large it grows with every layer, here through {layers} of them, and one step throws the weights far away.</source>
        <translation>梯度在向输入层反向传播时要逐层乘以权重。如果权重很大，梯度每经过一层就增大（这里共 {layers} 层），一步就会把权重抛得很远。</translation>
    </message>
    <message>
        <source>On-off switch</source>
        <translation>开关</translation>
    </message>
    <message>
        <source>One cycle</source>
        <translation>单周期</translation>
    </message>
    <message>
        <source>One value for each possible symbol, 1 for the one that is there and 0 for all others; nothing is learned.</source>
        <translation>每个可能的符号一个数值，出现的为 1，其余为 0；不学习任何东西。</translation>
    </message>
    <message>
        <source>One value for every entry: meant for biases, as all units with equal weights would learn the same.</source>
        <translation>每个元素都是同一个值：用于偏置，因为权重全部相等的单元会学到同样的内容。</translation>
    </message>
    <message>
        <source>One-hot</source>
        <translation>独热</translation>
    </message>
    <message>
        <source>Only every so many pixels of a row, and every so many rows, are read.</source>
        <translation>每行每隔若干像素、每隔若干行读取一次。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Orthogonal</source>
        <translation>正交</translation>
    </message>
    <message>
        <source>Output activation</source>
        <translation>输出激活</translation>
    </message>
    <message>
        <source>Outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Overfitting and regularisation</source>
        <translation>过拟合与正则化</translation>
    </message>
    <message>
        <source>Overfitting and what helps: take the L2 penalty away, and the validation loss rises while training goes on.</source>
        <translation>过拟合及其对策：去掉 L2 惩罚，训练继续时验证损失就会上升。</translation>
    </message>
    <message>
        <source>Overfitting since epoch {epoch}: the validation loss rose from {best} to {now}, that of training fell from {before} to {training}.</source>
        <translation>从第 {epoch} 轮起过拟合：验证损失从 {best} 升到 {now}，训练损失从 {before} 降到 {training}。</translation>
    </message>
    <message>
        <source>Overfitting since step {step}: the validation loss rose from {best} to {now}, that of training fell from {before} to {training}.</source>
        <translation>从第 {step} 步起过拟合：验证损失从 {best} 升到 {now}，训练损失从 {before} 降到 {training}。</translation>
    </message>
    <message>
        <source>PReLU</source>
        <translation>PReLU</translation>
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
        <source>Part of the samples that is measured once, at the end.</source>
        <translation>在最后测量一次的那部分样本。</translation>
    </message>
    <message>
        <source>Part of the samples that is measured while the network learns.</source>
        <translation>在网络学习期间用来测量的那部分样本。</translation>
    </message>
    <message>
        <source>Passes on</source>
        <translation>传递</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>Patterns</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Pen strokes drawn by you</source>
        <translation>您写的笔画</translation>
    </message>
    <message>
        <source>Permutation seed</source>
        <translation>排列种子</translation>
    </message>
    <message>
        <source>Permuted</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>Persistent</source>
        <translation>持续链</translation>
    </message>
    <message>
        <source>Pictures of clothes: 70,000 grey images of 28 x 28 pixels, made to stand in for MNIST and harder than it.</source>
        <translation>服装图片：70,000 张 28 x 28 像素的灰度图，用来代替 MNIST，但更难。</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>段数</translation>
    </message>
    <message>
        <source>Plain recurrent cell: the new hidden state is one weighted sum of input and old hidden state, bent.</source>
        <translation>普通循环单元：新的隐藏状态是输入与旧隐藏状态的加权和，再经弯曲。</translation>
    </message>
    <message>
        <source>Plateau: the training loss has been level at {loss} for {steps} steps; it began at {start}.</source>
        <translation>平台期：训练损失已有 {steps} 步停在 {loss}；开始时为 {start}。</translation>
    </message>
    <message>
        <source>Points</source>
        <translation>点数</translation>
    </message>
    <message>
        <source>Pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>Pooling stride</source>
        <translation>池化步幅</translation>
    </message>
    <message>
        <source>Pretraining</source>
        <translation>预训练</translation>
    </message>
    <message>
        <source>Probability that a unit is dropped in a step (keep probability: 1 - rate).</source>
        <translation>一步中一个单元被去掉的概率（保留概率：1 - 该值）。</translation>
    </message>
    <message>
        <source>Probability that a value is dropped (keep probability: 1 - rate).</source>
        <translation>一个值被丢弃的概率（保留概率为 1 - 丢弃率）。</translation>
    </message>
    <message>
        <source>Probability that a value on its way from one cell to the one above is dropped while training.</source>
        <translation>训练时，数值从一层传到上一层途中被丢弃的概率。</translation>
    </message>
    <message>
        <source>Pull of all weights towards zero (L2), added to the gradient.</source>
        <translation>把所有权重拉向零的力（L2），加到梯度上。</translation>
    </message>
    <message>
        <source>Pulls every weight towards zero in proportion to its size, so that large ones must be worth it.</source>
        <translation>把每个权重按其大小成比例地拉向零，所以大的权重必须值得。</translation>
    </message>
    <message>
        <source>Pulls every weight towards zero with the same force, so that those that help little end near zero.</source>
        <translation>用同样的力把每个权重拉向零，所以作用不大的权重最后接近零。</translation>
    </message>
    <message>
        <source>Python&apos;s help topics</source>
        <translation>Python 帮助主题</translation>
    </message>
    <message>
        <source>Python&apos;s help topics, character by character; at each of them the next one is to be told.</source>
        <translation>Python 的帮助主题，逐字符；在每个字符处要说出下一个。</translation>
    </message>
    <message>
        <source>RBM</source>
        <translation>RBM</translation>
    </message>
    <message>
        <source>RBM 16 hidden (exact)</source>
        <translation>RBM，16 个隐藏单元（精确）</translation>
    </message>
    <message>
        <source>RBM 784-256</source>
        <translation>RBM 784-256</translation>
    </message>
    <message>
        <source>RBM on the built-in 8x8 digits</source>
        <translation>内置 8x8 数字上的 RBM</translation>
    </message>
    <message>
        <source>RMSProp</source>
        <translation>RMSProp</translation>
    </message>
    <message>
        <source>RNN</source>
        <translation>RNN</translation>
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
        <source>Random directions at right angles to each other: a linear layer keeps the length of what goes through.</source>
        <translation>彼此垂直的随机方向：线性层会保持通过它的信号的长度。</translation>
    </message>
    <message>
        <source>Random letters of which an X switches on, and the next X off again; at every step is asked whether it is on.</source>
        <translation>随机字母，其中 X 打开，下一个 X 关闭；每一步都问现在是否打开。</translation>
    </message>
    <message>
        <source>Random start</source>
        <translation>随机初始化</translation>
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
        <source>ReLU in place of sigmoid or tanh in the hidden layers: its slope is 1.</source>
        <translation>在隐藏层中用 ReLU 代替 sigmoid 或 tanh：它的斜率为 1。</translation>
    </message>
    <message>
        <source>Rectified linear unit: y = max(0, x).</source>
        <translation>修正线性单元：y = max(0, x)。</translation>
    </message>
    <message>
        <source>Rectifier that learns its own leak: y = x where x &gt; 0, a times x elsewhere, with a learned slope a.</source>
        <translation>自己学习泄漏的修正线性单元：x &gt; 0 时 y = x，其余为 a 乘以 x，斜率 a 是学来的。</translation>
    </message>
    <message>
        <source>Recurrent initialiser</source>
        <translation>循环初始化</translation>
    </message>
    <message>
        <source>Regularisers</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>Restricted Boltzmann machine: visible and hidden units, each of one kind connected to all of the other.</source>
        <translation>受限玻尔兹曼机：可见单元和隐藏单元，每个单元都与另一种的所有单元相连。</translation>
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
        <source>Rows of random numbers, two of which are marked; their sum is to be told.</source>
        <translation>一串随机数，其中两个有标记；要说出它们的和。</translation>
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
        <source>Samples whose mean gradient a step follows; all 100 give no noise.</source>
        <translation>一步所依据的平均梯度来自多少个样本；全部 100 个则没有噪声。</translation>
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
        <source>Second dilation</source>
        <translation>第二级空洞率</translation>
    </message>
    <message>
        <source>Second kernel</source>
        <translation>第二个卷积核</translation>
    </message>
    <message>
        <source>Second kernel size</source>
        <translation>第二个卷积核的大小</translation>
    </message>
    <message>
        <source>Second padding</source>
        <translation>第二级填充</translation>
    </message>
    <message>
        <source>Second pooling</source>
        <translation>第二级池化</translation>
    </message>
    <message>
        <source>Second pooling stride</source>
        <translation>第二级池化步幅</translation>
    </message>
    <message>
        <source>Second stage</source>
        <translation>第二级</translation>
    </message>
    <message>
        <source>Second stride</source>
        <translation>第二级步幅</translation>
    </message>
    <message>
        <source>Second window</source>
        <translation>第二级窗口</translation>
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
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>Share of each weight that is taken away per step, times eta: lambda.</source>
        <translation>每个权重每步减去的比例，乘以 eta：lambda。</translation>
    </message>
    <message>
        <source>Share of the last step that is added to the next one.</source>
        <translation>上一步中加到下一步的比例。</translation>
    </message>
    <message>
        <source>Share of the letters that are an X.</source>
        <translation>X 在字母中的比例。</translation>
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
        <source>Share of the old average of the squared gradient that is kept: rho.</source>
        <translation>保留多少旧的梯度平方平均值：rho。</translation>
    </message>
    <message>
        <source>Share of the old velocity that Momentum keeps: mu.</source>
        <translation>动量法保留的旧速度的比例：mu。</translation>
    </message>
    <message>
        <source>Share of the old velocity that is kept: mu.</source>
        <translation>保留多少旧的速度：mu。</translation>
    </message>
    <message>
        <source>Share of the rate that is left at the end.</source>
        <translation>最后剩下的学习率比例。</translation>
    </message>
    <message>
        <source>Share of the samples for which each hidden unit should be on.</source>
        <translation>每个隐藏单元应当在多大比例的样本上开启。</translation>
    </message>
    <message>
        <source>Share of the training in which the rate rises.</source>
        <translation>学习率上升阶段占训练的比例。</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>Shift</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Shift and scale of the inputs, found on the training samples only: standardise makes mean 0 and standard deviation 1.</source>
        <translation>输入的平移和缩放，只根据训练样本确定：标准化使均值为 0，标准差为 1。</translation>
    </message>
    <message>
        <source>Shortens the gradient of all parameters together to a largest length, and keeps its direction.</source>
        <translation>把所有参数的梯度整体缩短到最大长度以内，方向不变。</translation>
    </message>
    <message>
        <source>Shortest period</source>
        <translation>最短周期</translation>
    </message>
    <message>
        <source>Show code</source>
        <translation>显示代码</translation>
    </message>
    <message>
        <source>Shrinks every weight by the same share per step, whatever its gradient.</source>
        <translation>每步按同样的比例缩小每个权重，与它的梯度无关。</translation>
    </message>
    <message>
        <source>Side of each filter.</source>
        <translation>每个滤波器的边长。</translation>
    </message>
    <message>
        <source>Side of the kernel: k.</source>
        <translation>卷积核的边长：k。</translation>
    </message>
    <message>
        <source>Side of the second kernel.</source>
        <translation>第二个卷积核的边长。</translation>
    </message>
    <message>
        <source>Side of the second window of pooling.</source>
        <translation>第二级池化窗口的边长。</translation>
    </message>
    <message>
        <source>Side of the window of the pooling.</source>
        <translation>池化窗口的边长。</translation>
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
        <source>Sine forecast</source>
        <translation>正弦预测</translation>
    </message>
    <message>
        <source>Sine mixtures</source>
        <translation>正弦混合</translation>
    </message>
    <message>
        <source>Sines</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Size of Adam&apos;s steps: eta.</source>
        <translation>Adam 的步长：eta。</translation>
    </message>
    <message>
        <source>Size of each step: alpha.</source>
        <translation>每步的大小：alpha。</translation>
    </message>
    <message>
        <source>Size of each step: eta, of all optimisers.</source>
        <translation>每一步的大小：eta，所有优化器共用。</translation>
    </message>
    <message>
        <source>Size of each step: eta.</source>
        <translation>每步的大小：eta。</translation>
    </message>
    <message>
        <source>Size of each update: eta.</source>
        <translation>每次更新的大小：eta。</translation>
    </message>
    <message>
        <source>Size of the hidden state.</source>
        <translation>隐藏状态的大小。</translation>
    </message>
    <message>
        <source>Size of the steps of contrastive divergence.</source>
        <translation>对比散度每一步的大小。</translation>
    </message>
    <message>
        <source>Size of the steps: alpha.</source>
        <translation>步子的大小：alpha。</translation>
    </message>
    <message>
        <source>Slant</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>Slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>Slope of maxout&apos;s first line.</source>
        <translation>maxout 第一条直线的斜率。</translation>
    </message>
    <message>
        <source>Slope of maxout&apos;s second line.</source>
        <translation>maxout 第二条直线的斜率。</translation>
    </message>
    <message>
        <source>Slope where x is below 0. PReLU learns it.</source>
        <translation>x 小于 0 处的斜率。PReLU 会学习它。</translation>
    </message>
    <message>
        <source>Small number that keeps the division finite.</source>
        <translation>使除法保持有限的小数。</translation>
    </message>
    <message>
        <source>Smaller weights at the start: He for ReLU, Xavier for sigmoid and tanh keep the gradient&apos;s size.</source>
        <translation>使用更小的初始权重：ReLU 用 He，sigmoid 和 tanh 用 Xavier，能保持梯度的大小。</translation>
    </message>
    <message>
        <source>Smallest RBM</source>
        <translation>最小的 RBM</translation>
    </message>
    <message>
        <source>Sobel, horizontal</source>
        <translation>Sobel，水平</translation>
    </message>
    <message>
        <source>Sobel, vertical</source>
        <translation>Sobel，竖直</translation>
    </message>
    <message>
        <source>Softmax</source>
        <translation>Softmax</translation>
    </message>
    <message>
        <source>Softmax and loss</source>
        <translation>Softmax 与损失</translation>
    </message>
    <message>
        <source>Spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>Sparsity cost</source>
        <translation>稀疏惩罚</translation>
    </message>
    <message>
        <source>Sparsity target</source>
        <translation>稀疏目标</translation>
    </message>
    <message>
        <source>Spiral</source>
        <translation>螺旋</translation>
    </message>
    <message>
        <source>Spread of inputs</source>
        <translation>输入散布</translation>
    </message>
    <message>
        <source>Spread of the noise before its tails are cut.</source>
        <translation>截去尾部之前的噪声幅度。</translation>
    </message>
    <message>
        <source>Spread of the noise.</source>
        <translation>噪声的幅度。</translation>
    </message>
    <message>
        <source>Spread of the weights: sigma.</source>
        <translation>权重的散布：sigma。</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段数</translation>
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
        <source>Standard deviation of the layer&apos;s inputs.</source>
        <translation>该层输入的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation of what is added at random to both coordinates.</source>
        <translation>随机加到两个坐标上的量的标准差。</translation>
    </message>
    <message>
        <source>Standard deviation of what is added at random to every value.</source>
        <translation>随机加到每个数值上的量的标准差。</translation>
    </message>
    <message>
        <source>Standardise targets</source>
        <translation>标准化目标值</translation>
    </message>
    <message>
        <source>Standardised grey values in place of 0 and 1, and why the learning rate must be smaller.</source>
        <translation>用标准化的灰度值代替 0 和 1，以及为什么学习率必须更小。</translation>
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
        <source>Start of the random numbers that choose them.</source>
        <translation>选取它们的随机数的起点。</translation>
    </message>
    <message>
        <source>Start of the random numbers that mix.</source>
        <translation>用于打乱的随机数的起点。</translation>
    </message>
    <message>
        <source>Start of the random numbers that split: the same seed splits alike.</source>
        <translation>划分所用随机数的起点：种子相同，划分就相同。</translation>
    </message>
    <message>
        <source>Start of the random numbers: the same seed gives the same points.</source>
        <translation>随机数的起点：种子相同，点就相同。</translation>
    </message>
    <message>
        <source>Start of the random numbers: the same seed gives the same sequences.</source>
        <translation>随机数的起点：同样的种子给出同样的序列。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>阶梯衰减</translation>
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
        <source>Steps between a bit and its echo; 0 is no echo at all.</source>
        <translation>比特与其回声之间的步数；0 表示没有延迟。</translation>
    </message>
    <message>
        <source>Steps between the last letter and the first answer.</source>
        <translation>最后一个字母与第一个回答之间的步数。</translation>
    </message>
    <message>
        <source>Steps follow</source>
        <translation>下降所沿的损失</translation>
    </message>
    <message>
        <source>Steps of the longest period.</source>
        <translation>最长周期的步数。</translation>
    </message>
    <message>
        <source>Steps of the shortest period.</source>
        <translation>最短周期的步数。</translation>
    </message>
    <message>
        <source>Steps to and fro before the negative phase: the k of CD-k.</source>
        <translation>负相之前来回的步数：CD-k 中的 k。</translation>
    </message>
    <message>
        <source>Steps without a lower validation loss after which training stops.</source>
        <translation>验证损失连续多少步没有更低，训练就停止。</translation>
    </message>
    <message>
        <source>Stop early next time</source>
        <translation>下次提前停止</translation>
    </message>
    <message>
        <source>Stop there: early stopping ends the training when validation gets no better, and keep best takes its weights.</source>
        <translation>在那里停止：当验证结果不再改善时，提前停止会结束训练，“保留最佳”会取回当时的权重。</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>Strength of the pull of all weights towards exactly zero (L1).</source>
        <translation>把所有权重拉向恰好为零的力（L1）。</translation>
    </message>
    <message>
        <source>Strength of the pull of all weights towards zero in proportion (L2).</source>
        <translation>把所有权重按比例拉向零的力（L2）。</translation>
    </message>
    <message>
        <source>Stretches of the chaotic Mackey-Glass series, measured with noise; how they go on is to be told at every step.</source>
        <translation>混沌的 Mackey-Glass 序列的片段，带测量噪声；每一步都要说出它如何继续。</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>Sums of a few sines of random period, height and phase; how they go on is to be told at every step.</source>
        <translation>几个周期、高度和相位随机的正弦之和；每一步都要说出它如何继续。</translation>
    </message>
    <message>
        <source>Surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>Symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>Table (CSV)</source>
        <translation>表格（CSV）</translation>
    </message>
    <message>
        <source>Tanh</source>
        <translation>Tanh</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Test files</source>
        <translation>测试文件</translation>
    </message>
    <message>
        <source>Test share</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>The .npz file.</source>
        <translation>.npz 文件。</translation>
    </message>
    <message>
        <source>The chapter&apos;s own network: convolution, pooling, dropout; patient training with a small learning rate.</source>
        <translation>教材自己的网络：卷积、池化、dropout；用很小的学习率耐心训练。</translation>
    </message>
    <message>
        <source>The classic of 1998: convolution and mean pooling in turn, until a few features are left to classify.</source>
        <translation>1998 年的经典：卷积和平均池化交替，直到只剩少数特征用来分类。</translation>
    </message>
    <message>
        <source>The file of strokes, as the Draw page keeps it in the folder of your digits.</source>
        <translation>笔画文件，由“手写”页保存在您的数字文件夹中。</translation>
    </message>
    <message>
        <source>The file with the images.</source>
        <translation>图像文件。</translation>
    </message>
    <message>
        <source>The file with the labels; found beside the images if empty.</source>
        <translation>标签文件；留空则在图像文件旁边寻找。</translation>
    </message>
    <message>
        <source>The first rate is the largest one divided by this.</source>
        <translation>最初的学习率是最大值除以这个数。</translation>
    </message>
    <message>
        <source>The folder that has a folder for each class.</source>
        <translation>包含各类别文件夹的文件夹。</translation>
    </message>
    <message>
        <source>The folder that the Draw page keeps your digits in.</source>
        <translation>“手写”页保存您的数字的文件夹。</translation>
    </message>
    <message>
        <source>The function behind every layer.</source>
        <translation>每层之后的函数。</translation>
    </message>
    <message>
        <source>The function that is looked at.</source>
        <translation>要观察的函数。</translation>
    </message>
    <message>
        <source>The gradient vanishes on its way back through 100 steps: it learns no more than to answer 1 always.</source>
        <translation>梯度在传回 100 步的途中消失：它只学会总是回答 1。</translation>
    </message>
    <message>
        <source>The gradient vanishes: in {first} it is {times} times smaller than in {last}.</source>
        <translation>梯度消失：{first} 中的梯度只有 {last} 中的 {times} 分之一。</translation>
    </message>
    <message>
        <source>The gradients explode: in {layer} the norm is {norm}, where about 1 is usual.</source>
        <translation>梯度爆炸：{layer} 中的范数为 {norm}，通常约为 1。</translation>
    </message>
    <message>
        <source>The learning rate of {rate} is far too high: at step {step} the loss was no finite number any more.</source>
        <translation>学习率 {rate} 过高：在第 {step} 步损失已不是有限的数。</translation>
    </message>
    <message>
        <source>The learning rate of {rate} is far too high: each step moves the weights by {percent} % of their size.</source>
        <translation>学习率 {rate} 过高：每一步都使权重改变其大小的 {percent} %。</translation>
    </message>
    <message>
        <source>The learning rate of {rate} is far too high: the loss is {times} times what it was at the start.</source>
        <translation>学习率 {rate} 过高：损失是开始时的 {times} 倍。</translation>
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
        <source>The network ends in {end}, whose outputs stay between {low} and {high}: answers beyond are out of its reach, however long it learns.</source>
        <translation>网络以 {end} 结尾，其输出总在 {low} 与 {high} 之间：无论训练多久，超出这一范围的答案都达不到。</translation>
    </message>
    <message>
        <source>The optimiser that the texts follow.</source>
        <translation>文字所跟随的优化器。</translation>
    </message>
    <message>
        <source>The project file of the trained network.</source>
        <translation>训练好的网络的项目文件。</translation>
    </message>
    <message>
        <source>The same depth with ReLU and an initialisation made for it: the gradient arrives, and it learns.</source>
        <translation>同样的深度，但用 ReLU 和适合它的初始化：梯度能够到达，网络学得会。</translation>
    </message>
    <message>
        <source>The same network with the same 1,000 labels, without pre-training: what the unlabelled pictures were worth.</source>
        <translation>同样的网络和同样的 1,000 个标签，但没有预训练：看看没有标签的图片有多大价值。</translation>
    </message>
    <message>
        <source>The steps are large enough ({percent} % of the weights each), but lead nowhere: the network is where no small step helps, or it cannot say what the data asks for, or there is nothing in the inputs to tell the answers by.</source>
        <translation>步长足够大（每步为权重的 {percent} %），但没有进展：网络处在小步无济于事的位置，或者无法表达数据所要求的内容，或者输入中没有可用来判断答案的信息。</translation>
    </message>
    <message>
        <source>The text file.</source>
        <translation>文本文件。</translation>
    </message>
    <message>
        <source>The user&apos;s own digits, as the Draw page keeps them, step by step: the way of the pen, not the picture.</source>
        <translation>用户自己的数字，由“手写”页保存，逐步读取：是笔的走向，而不是图片。</translation>
    </message>
    <message>
        <source>The user&apos;s own digits, as the Draw page keeps them: strokes, and prepared pictures of 28 x 28 pixels.</source>
        <translation>用户自己的数字，由“手写”页保存：笔画和预处理后的 28 x 28 像素图片。</translation>
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
        <source>Truncate</source>
        <translation>截断</translation>
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
        <source>Turns scores into probabilities: y_i = e^x_i / sum over j of e^x_j; all are positive and their sum is 1.</source>
        <translation>把分数变成概率：y_i = e^x_i / (对 j 求和的 e^x_j)；都为正，总和为 1。</translation>
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
        <source>Units in each hidden layer.</source>
        <translation>每个隐藏层的单元数。</translation>
    </message>
    <message>
        <source>Units in each layer: n.</source>
        <translation>每层的单元数：n。</translation>
    </message>
    <message>
        <source>Units in each of the two hidden layers.</source>
        <translation>两个隐藏层各有多少单元。</translation>
    </message>
    <message>
        <source>Validate every</source>
        <translation>验证间隔</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Vanishing and exploding gradients</source>
        <translation>梯度消失与梯度爆炸</translation>
    </message>
    <message>
        <source>Vanishing gradients: each sigmoid passes at most a quarter on, and the first layers hardly learn.</source>
        <translation>梯度消失：每个 sigmoid 最多传回四分之一，前面的层几乎学不到东西。</translation>
    </message>
    <message>
        <source>Vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Visible</source>
        <translation>可见单元</translation>
    </message>
    <message>
        <source>W1</source>
        <translation>W1</translation>
    </message>
    <message>
        <source>W2</source>
        <translation>W2</translation>
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
        <source>Weight</source>
        <translation>权重</translation>
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
        <source>Weights and inputs to begin with; what is dragged makes them your own.</source>
        <translation>起始的权重和输入；一经拖动，就成为你自己的设置。</translation>
    </message>
    <message>
        <source>What a layer of another network has learned, read from its project file: a start with knowledge.</source>
        <translation>另一个网络的一层所学到的内容，从它的项目文件读取：带着知识开始。</translation>
    </message>
    <message>
        <source>What all drawn weights are multiplied by.</source>
        <translation>所有抽取的权重乘以的数。</translation>
    </message>
    <message>
        <source>What bends the sum: f.</source>
        <translation>弯曲这个和的函数：f。</translation>
    </message>
    <message>
        <source>What can be set in the lab on activation functions.</source>
        <translation>激活函数实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on convolution.</source>
        <translation>卷积实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on forward and backward pass.</source>
        <translation>前向与反向实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on gradient descent.</source>
        <translation>梯度下降实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on overfitting and regularisation.</source>
        <translation>过拟合与正则化实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on softmax and loss.</source>
        <translation>Softmax 与损失实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on the LSTM cell, beside what is dragged in its picture.</source>
        <translation>LSTM 单元实验中可以设置的内容，图中可拖动的除外。</translation>
    </message>
    <message>
        <source>What can be set in the lab on the smallest RBM.</source>
        <translation>最小 RBM 实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What can be set in the lab on vanishing and exploding gradients.</source>
        <translation>梯度消失与梯度爆炸实验中可以设置的内容。</translation>
    </message>
    <message>
        <source>What every signal is multiplied by between two layers of the stack.</source>
        <translation>堆叠中两层之间每个信号所乘的数。</translation>
    </message>
    <message>
        <source>What is added to sqrt(n): the larger, the smaller the first steps.</source>
        <translation>加到 sqrt(n) 上的数：越大，最初的步子越小。</translation>
    </message>
    <message>
        <source>What is descended.</source>
        <translation>在什么上面下降。</translation>
    </message>
    <message>
        <source>What is done to gradients and weights at every step, in this order.</source>
        <translation>每一步对梯度和权重所做的处理，按此顺序进行。</translation>
    </message>
    <message>
        <source>What is kept of each window in the second stage.</source>
        <translation>第二级中每个窗口留下什么。</translation>
    </message>
    <message>
        <source>What is kept of each window.</source>
        <translation>每个窗口留下什么。</translation>
    </message>
    <message>
        <source>What is made small.</source>
        <translation>要使之变小的量。</translation>
    </message>
    <message>
        <source>What is passed on: the hidden state behind the last step, one vector; or that of every step, a sequence.</source>
        <translation>传递什么：最后一步之后的隐藏状态，一个向量；或每一步的，一个序列。</translation>
    </message>
    <message>
        <source>What it learns, one pattern per step.</source>
        <translation>它学习的内容，每步一个模式。</translation>
    </message>
    <message>
        <source>What its inputs are: 0 or 1 (bernoulli), any value from 0 to 1 (continuous, mean-field), or any value, standardised (gaussian).</source>
        <translation>输入是什么：0 或 1（bernoulli），0 到 1 之间的任意值（continuous，平均场），或标准化后的任意值（gaussian）。</translation>
    </message>
    <message>
        <source>What keeps its size from layer to layer: &apos;signals&apos; forwards, or &apos;gradients&apos; backwards.</source>
        <translation>从一层到下一层保持大小的是什么：向前的信号（signals），或向后的梯度（gradients）。</translation>
    </message>
    <message>
        <source>What learns by backpropagation when all RBMs have learned: the whole network, only the layers behind the RBMs, or nothing.</source>
        <translation>所有 RBM 学完之后，用反向传播训练什么：整个网络、只有 RBM 后面的层，或什么都不训练。</translation>
    </message>
    <message>
        <source>What separates cells; automatically, what fits the first rows.</source>
        <translation>单元格之间的分隔符；自动则根据前几行判断。</translation>
    </message>
    <message>
        <source>What the axes behind the first mean: images, with channels first or last, or sequences, (N, T, F).</source>
        <translation>第一轴之后各轴的含义：图像，通道在前或在后；或序列 (N, T, F)。</translation>
    </message>
    <message>
        <source>What the image is compared with at every place.</source>
        <translation>在每个位置上与图像相比较的东西。</translation>
    </message>
    <message>
        <source>What the kernel slides over.</source>
        <translation>卷积核在什么上面滑动。</translation>
    </message>
    <message>
        <source>What the logits are divided by: the larger, the more equal the probabilities.</source>
        <translation>logit 所除以的数：越大，各概率越接近。</translation>
    </message>
    <message>
        <source>What the pooled map is compared with.</source>
        <translation>与池化图相比较的东西。</translation>
    </message>
    <message>
        <source>What the rate is multiplied by from one stretch to the next.</source>
        <translation>从一个阶段到下一个阶段，学习率所乘的系数。</translation>
    </message>
    <message>
        <source>What the slope starts with.</source>
        <translation>斜率的初始值。</translation>
    </message>
    <message>
        <source>What the units of the hidden layers do with z.</source>
        <translation>隐藏层单元对 z 做什么。</translation>
    </message>
    <message>
        <source>What the units of the last layer do with z.</source>
        <translation>最后一层单元对 z 做什么。</translation>
    </message>
    <message>
        <source>What to do with rows that lack a value: refuse the file, or drop them.</source>
        <translation>如何处理缺少值的行：拒绝该文件（refuse），或丢弃这些行（drop）。</translation>
    </message>
    <message>
        <source>What was read a hundred steps ago still counts: the cell state carries it, and the gradient back to it.</source>
        <translation>一百步之前读到的仍然有用：细胞状态携带它，梯度也能传回去。</translation>
    </message>
    <message>
        <source>Where G starts; more makes the first steps smaller.</source>
        <translation>G 的初始值；越大，最初的步子越小。</translation>
    </message>
    <message>
        <source>Where ReLU is zero its slope is zero too: no gradient passes, and what feeds these units never changes again. One step that was too large, or biases far below zero, are enough.</source>
        <translation>ReLU 为零时斜率也为零：梯度无法通过，通往这些单元的权重再也不会改变。只要有一步太大，或偏置远小于零，就会如此。</translation>
    </message>
    <message>
        <source>Where inputs and targets of the next update come from.</source>
        <translation>下一次更新的输入和目标从哪里来。</translation>
    </message>
    <message>
        <source>Where the forget gate&apos;s bias starts; above 0 the cell remembers at first.</source>
        <translation>遗忘门偏置的起点；大于 0 时单元起初会记住。</translation>
    </message>
    <message>
        <source>Where the middle of the layer&apos;s inputs lies.</source>
        <translation>该层输入的中心位置。</translation>
    </message>
    <message>
        <source>Whether Momentum takes the step from where the velocity leads (Nesterov).</source>
        <translation>动量法是否从速度将到达的位置迈出这一步（Nesterov）。</translation>
    </message>
    <message>
        <source>Whether a label is a class or a value; automatically, texts and few whole numbers are classes.</source>
        <translation>标签是类别还是数值；自动：文本和少数几种整数视为类别。</translation>
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
        <source>Whether a second cell reads the sequence backwards; the two hidden states stand side by side.</source>
        <translation>是否有第二个单元倒着读序列；两个隐藏状态并排。</translation>
    </message>
    <message>
        <source>Whether files for the test that lie beside those for training are the test split.</source>
        <translation>是否把训练文件旁边的测试文件作为测试集。</translation>
    </message>
    <message>
        <source>Whether one slope is learned for all channels or features, not one for each.</source>
        <translation>是否所有通道或特征共用一个学到的斜率，而不是各有一个。</translation>
    </message>
    <message>
        <source>Whether sequences are of unequal length, down to half of the longest.</source>
        <translation>序列长度是否不等，最短为最长的一半。</translation>
    </message>
    <message>
        <source>Whether the chains go on from where the last batch left them, in place of starting at the data (PCD).</source>
        <translation>链是否从上一批次停下的地方继续，而不是从数据开始（PCD）。</translation>
    </message>
    <message>
        <source>Whether the classes are visible units too: the dense layer behind it is then learned as their weights, and a class can be clamped to dream of it.</source>
        <translation>类别是否也是可见单元：后面的全连接层作为它们的权重一起学习，可以固定一个类别，让机器梦见它。</translation>
    </message>
    <message>
        <source>Whether the first row has the columns&apos; names.</source>
        <translation>第一行是否是各列的名称。</translation>
    </message>
    <message>
        <source>Whether the label is a class or a value; automatically, texts and few whole numbers are classes.</source>
        <translation>标签是类别还是数值；自动：文本和少数几种整数视为类别。</translation>
    </message>
    <message>
        <source>Whether the pixels are read in a random order, the same for all pictures.</source>
        <translation>像素是否按随机顺序读取，所有图相同。</translation>
    </message>
    <message>
        <source>Whether the pooled map goes through a second kernel, ReLU and pooling.</source>
        <translation>池化图是否再经过第二个卷积核、ReLU 和池化。</translation>
    </message>
    <message>
        <source>Whether the same round stands beside it as PyTorch code, the matching line marked.</source>
        <translation>是否在旁边用 PyTorch 代码显示同一轮，并标出对应的行。</translation>
    </message>
    <message>
        <source>Whether the step is taken from where the velocity leads (Nesterov).</source>
        <translation>是否在速度所指向的位置计算步子（Nesterov）。</translation>
    </message>
    <message>
        <source>Whether the weights are normal or evenly spread between two limits.</source>
        <translation>权重是正态分布，还是均匀分布在两个界限之间。</translation>
    </message>
    <message>
        <source>Whether training ends with the weights that had the lowest validation loss.</source>
        <translation>训练结束时是否采用验证损失最低的权重。</translation>
    </message>
    <message>
        <source>Whether values to be learned are shifted and scaled to mean 0 and standard deviation 1; not for classes.</source>
        <translation>是否把要学习的值平移和缩放到均值 0、标准差 1；不用于类别。</translation>
    </message>
    <message>
        <source>Whether you are asked for the next number before it is shown.</source>
        <translation>是否在显示下一个数之前先问你。</translation>
    </message>
    <message>
        <source>Which loss the steps go down.</source>
        <translation>沿哪一个损失下降。</translation>
    </message>
    <message>
        <source>Why a sigmoid output cannot reach targets up to 7; remove the last sigmoid and it can.</source>
        <translation>为什么 sigmoid 输出达不到 7 这样的目标；去掉最后的 sigmoid 就能达到。</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Width of every sample; 0 for the most common one.</source>
        <translation>每个样本的宽度；0 表示最常见的宽度。</translation>
    </message>
    <message>
        <source>Width of the border of zeros: p.</source>
        <translation>零边框的宽度：p。</translation>
    </message>
    <message>
        <source>Width of the second border of zeros.</source>
        <translation>第二级零边框的宽度。</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>With labels</source>
        <translation>包含标签</translation>
    </message>
    <message>
        <source>With {parameters} parameters the network can learn the training samples by heart, their noise included. That helps with these samples alone; for new ones it makes the answers worse.</source>
        <translation>网络有 {parameters} 个参数，足以把训练样本连同其噪声一起背下来。这只对这些样本有用；对新样本反而会使答案变差。</translation>
    </message>
    <message>
        <source>XOR</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>Xavier</source>
        <translation>Xavier</translation>
    </message>
    <message>
        <source>Zeros</source>
        <translation>零</translation>
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
        <source>activation</source>
        <translation>激活函数</translation>
    </message>
    <message>
        <source>afterwards</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>ahead</source>
        <translation>提前</translation>
    </message>
    <message>
        <source>alpha</source>
        <translation>alpha</translation>
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
        <source>ask first</source>
        <translation>先提问</translation>
    </message>
    <message>
        <source>augmentation</source>
        <translation>数据增强</translation>
    </message>
    <message>
        <source>automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>average</source>
        <translation>平均</translation>
    </message>
    <message>
        <source>axes</source>
        <translation>轴</translation>
    </message>
    <message>
        <source>b1</source>
        <translation>b1</translation>
    </message>
    <message>
        <source>b2</source>
        <translation>b2</translation>
    </message>
    <message>
        <source>bar</source>
        <translation>竖线</translation>
    </message>
    <message>
        <source>batch size</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>behaviour</source>
        <translation>行为</translation>
    </message>
    <message>
        <source>bernoulli</source>
        <translation>伯努利（bernoulli）</translation>
    </message>
    <message>
        <source>beta</source>
        <translation>beta</translation>
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
        <source>bidirectional</source>
        <translation>双向</translation>
    </message>
    <message>
        <source>binarise</source>
        <translation>二值化</translation>
    </message>
    <message>
        <source>binary cross-entropy</source>
        <translation>二元交叉熵</translation>
    </message>
    <message>
        <source>blur</source>
        <translation>模糊</translation>
    </message>
    <message>
        <source>bowl</source>
        <translation>碗</translation>
    </message>
    <message>
        <source>cell</source>
        <translation>格</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>格</translation>
    </message>
    <message>
        <source>channels first</source>
        <translation>通道在前</translation>
    </message>
    <message>
        <source>channels last</source>
        <translation>通道在后</translation>
    </message>
    <message>
        <source>chapter: 2 x1 + 4 x2 + 1</source>
        <translation>本章：2 x1 + 4 x2 + 1</translation>
    </message>
    <message>
        <source>character</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>characters</source>
        <translation>字符</translation>
    </message>
    <message>
        <source>classes</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>colour</source>
        <translation>彩色</translation>
    </message>
    <message>
        <source>colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>comma</source>
        <translation>逗号</translation>
    </message>
    <message>
        <source>compare with</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>continuous</source>
        <translation>连续（continuous）</translation>
    </message>
    <message>
        <source>counts</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>cp1252</source>
        <translation>cp1252</translation>
    </message>
    <message>
        <source>cross</source>
        <translation>十字</translation>
    </message>
    <message>
        <source>cross-entropy</source>
        <translation>交叉熵</translation>
    </message>
    <message>
        <source>custom</source>
        <translation>自定（custom）</translation>
    </message>
    <message>
        <source>decay</source>
        <translation>衰减率</translation>
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
        <source>delay</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>delimiter</source>
        <translation>分隔符</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>深度</translation>
    </message>
    <message>
        <source>diagonals</source>
        <translation>斜纹</translation>
    </message>
    <message>
        <source>digit 0</source>
        <translation>数字 0</translation>
    </message>
    <message>
        <source>digit 1</source>
        <translation>数字 1</translation>
    </message>
    <message>
        <source>digit 2</source>
        <translation>数字 2</translation>
    </message>
    <message>
        <source>digit 3</source>
        <translation>数字 3</translation>
    </message>
    <message>
        <source>digit 4</source>
        <translation>数字 4</translation>
    </message>
    <message>
        <source>digit 5</source>
        <translation>数字 5</translation>
    </message>
    <message>
        <source>digit 6</source>
        <translation>数字 6</translation>
    </message>
    <message>
        <source>digit 7</source>
        <translation>数字 7</translation>
    </message>
    <message>
        <source>digit 8</source>
        <translation>数字 8</translation>
    </message>
    <message>
        <source>digit 9</source>
        <translation>数字 9</translation>
    </message>
    <message>
        <source>dilation</source>
        <translation>空洞率</translation>
    </message>
    <message>
        <source>distribution</source>
        <translation>分布</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>丢弃（drop）</translation>
    </message>
    <message>
        <source>dropout</source>
        <translation>dropout</translation>
    </message>
    <message>
        <source>dropout rate</source>
        <translation>Dropout 率</translation>
    </message>
    <message>
        <source>early stopping</source>
        <translation>早停</translation>
    </message>
    <message>
        <source>edges, horizontal</source>
        <translation>边缘，水平</translation>
    </message>
    <message>
        <source>edges, vertical</source>
        <translation>边缘，竖直</translation>
    </message>
    <message>
        <source>emboss</source>
        <translation>浮雕</translation>
    </message>
    <message>
        <source>empty, 28 x 28</source>
        <translation>空白，28 x 28</translation>
    </message>
    <message>
        <source>empty, 8 x 8</source>
        <translation>空白，8 x 8</translation>
    </message>
    <message>
        <source>encoding</source>
        <translation>编码</translation>
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
        <source>every</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>every step</source>
        <translation>每一步</translation>
    </message>
    <message>
        <source>exclusive or</source>
        <translation>异或</translation>
    </message>
    <message>
        <source>factor</source>
        <translation>系数</translation>
    </message>
    <message>
        <source>filters</source>
        <translation>滤波器数</translation>
    </message>
    <message>
        <source>fine-tune all</source>
        <translation>微调整个网络</translation>
    </message>
    <message>
        <source>fine-tune the end</source>
        <translation>只微调末尾</translation>
    </message>
    <message>
        <source>followed</source>
        <translation>跟随的优化器</translation>
    </message>
    <message>
        <source>forget bias</source>
        <translation>遗忘门偏置</translation>
    </message>
    <message>
        <source>forgets</source>
        <translation>遗忘</translation>
    </message>
    <message>
        <source>function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>gain</source>
        <translation>增益</translation>
    </message>
    <message>
        <source>gates held by hand</source>
        <translation>手动固定的门</translation>
    </message>
    <message>
        <source>gaussian</source>
        <translation>高斯（gaussian）</translation>
    </message>
    <message>
        <source>gb18030</source>
        <translation>gb18030</translation>
    </message>
    <message>
        <source>gibbs steps</source>
        <translation>吉布斯步数</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>梯度（gradients）</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>灰度</translation>
    </message>
    <message>
        <source>half squared error</source>
        <translation>半平方误差</translation>
    </message>
    <message>
        <source>header</source>
        <translation>表头</translation>
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
        <source>height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>hidden</source>
        <translation>隐藏单元数</translation>
    </message>
    <message>
        <source>hidden activation</source>
        <translation>隐藏层激活</translation>
    </message>
    <message>
        <source>hidden layers</source>
        <translation>隐藏层</translation>
    </message>
    <message>
        <source>hidden units</source>
        <translation>隐藏单元</translation>
    </message>
    <message>
        <source>identity</source>
        <translation>恒等</translation>
    </message>
    <message>
        <source>image</source>
        <translation>图像</translation>
    </message>
    <message>
        <source>initial accumulator</source>
        <translation>累加器初值</translation>
    </message>
    <message>
        <source>initialisation</source>
        <translation>初始化</translation>
    </message>
    <message>
        <source>inner radius</source>
        <translation>内圆半径</translation>
    </message>
    <message>
        <source>input initialiser</source>
        <translation>输入初始化</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>items</source>
        <translation>项数</translation>
    </message>
    <message>
        <source>keep best</source>
        <translation>保留最优</translation>
    </message>
    <message>
        <source>keeps</source>
        <translation>保持</translation>
    </message>
    <message>
        <source>kernel</source>
        <translation>卷积核</translation>
    </message>
    <message>
        <source>kernel size</source>
        <translation>卷积核大小</translation>
    </message>
    <message>
        <source>l1</source>
        <translation>L1</translation>
    </message>
    <message>
        <source>l2</source>
        <translation>L2</translation>
    </message>
    <message>
        <source>label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>labels</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>last share</source>
        <translation>末尾比例</translation>
    </message>
    <message>
        <source>last step</source>
        <translation>最后一步</translation>
    </message>
    <message>
        <source>latin-1</source>
        <translation>latin-1</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>layers</source>
        <translation>层</translation>
    </message>
    <message>
        <source>leak</source>
        <translation>泄漏</translation>
    </message>
    <message>
        <source>leaky ReLU</source>
        <translation>leaky ReLU</translation>
    </message>
    <message>
        <source>learned 1</source>
        <translation>学到的 1</translation>
    </message>
    <message>
        <source>learned 2</source>
        <translation>学到的 2</translation>
    </message>
    <message>
        <source>learned 3</source>
        <translation>学到的 3</translation>
    </message>
    <message>
        <source>learned 4</source>
        <translation>学到的 4</translation>
    </message>
    <message>
        <source>learned 5</source>
        <translation>学到的 5</translation>
    </message>
    <message>
        <source>learned 6</source>
        <translation>学到的 6</translation>
    </message>
    <message>
        <source>learned 7</source>
        <translation>学到的 7</translation>
    </message>
    <message>
        <source>learned 8</source>
        <translation>学到的 8</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>leave out</source>
        <translation>略去</translation>
    </message>
    <message>
        <source>length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>lets through</source>
        <translation>放行</translation>
    </message>
    <message>
        <source>letter</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>letters</source>
        <translation>字母</translation>
    </message>
    <message>
        <source>limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>linear</source>
        <translation>线性</translation>
    </message>
    <message>
        <source>longest period</source>
        <translation>最长周期</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>mac_roman</source>
        <translation>mac_roman</translation>
    </message>
    <message>
        <source>max</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>max-norm</source>
        <translation>最大范数</translation>
    </message>
    <message>
        <source>maxout</source>
        <translation>maxout</translation>
    </message>
    <message>
        <source>mean of inputs</source>
        <translation>输入均值</translation>
    </message>
    <message>
        <source>mean squared error</source>
        <translation>均方误差</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失值</translation>
    </message>
    <message>
        <source>momentum</source>
        <translation>动量</translation>
    </message>
    <message>
        <source>most characters</source>
        <translation>最多字符种数</translation>
    </message>
    <message>
        <source>my own</source>
        <translation>我自己的</translation>
    </message>
    <message>
        <source>nesterov</source>
        <translation>Nesterov</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>noise</source>
        <translation>噪声</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>norm limit</source>
        <translation>范数上限</translation>
    </message>
    <message>
        <source>normal</source>
        <translation>正态</translation>
    </message>
    <message>
        <source>normalisation</source>
        <translation>归一化</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>on-off switch</source>
        <translation>开关</translation>
    </message>
    <message>
        <source>one, set by hand</source>
        <translation>一个，手动设置</translation>
    </message>
    <message>
        <source>optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>轮廓</translation>
    </message>
    <message>
        <source>output activation</source>
        <translation>输出激活</translation>
    </message>
    <message>
        <source>outputs</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>own settings</source>
        <translation>自己的设置</translation>
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
        <source>passes on</source>
        <translation>传递</translation>
    </message>
    <message>
        <source>path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>patience</source>
        <translation>耐心</translation>
    </message>
    <message>
        <source>patterns</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>permutation seed</source>
        <translation>排列种子</translation>
    </message>
    <message>
        <source>permuted</source>
        <translation>打乱</translation>
    </message>
    <message>
        <source>persistent</source>
        <translation>持续链</translation>
    </message>
    <message>
        <source>pieces</source>
        <translation>段数</translation>
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
        <source>pooling</source>
        <translation>池化</translation>
    </message>
    <message>
        <source>pooling stride</source>
        <translation>池化步幅</translation>
    </message>
    <message>
        <source>pretraining</source>
        <translation>预训练</translation>
    </message>
    <message>
        <source>probabilities</source>
        <translation>概率（probabilities）</translation>
    </message>
    <message>
        <source>rate</source>
        <translation>丢弃率</translation>
    </message>
    <message>
        <source>ravine</source>
        <translation>峡谷</translation>
    </message>
    <message>
        <source>recurrent initialiser</source>
        <translation>循环初始化</translation>
    </message>
    <message>
        <source>refuse</source>
        <translation>拒绝（refuse）</translation>
    </message>
    <message>
        <source>regularisers</source>
        <translation>正则化</translation>
    </message>
    <message>
        <source>relu</source>
        <translation>relu</translation>
    </message>
    <message>
        <source>rotation</source>
        <translation>旋转</translation>
    </message>
    <message>
        <source>saddle</source>
        <translation>鞍</translation>
    </message>
    <message>
        <source>same</source>
        <translation>等大（same）</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>随机样本</translation>
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
        <source>second dilation</source>
        <translation>第二级空洞率</translation>
    </message>
    <message>
        <source>second kernel</source>
        <translation>第二个卷积核</translation>
    </message>
    <message>
        <source>second kernel size</source>
        <translation>第二个卷积核的大小</translation>
    </message>
    <message>
        <source>second padding</source>
        <translation>第二级填充</translation>
    </message>
    <message>
        <source>second pooling</source>
        <translation>第二级池化</translation>
    </message>
    <message>
        <source>second pooling stride</source>
        <translation>第二级池化步幅</translation>
    </message>
    <message>
        <source>second stage</source>
        <translation>第二级</translation>
    </message>
    <message>
        <source>second stride</source>
        <translation>第二级步幅</translation>
    </message>
    <message>
        <source>second window</source>
        <translation>第二级窗口</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>semicolon</source>
        <translation>分号</translation>
    </message>
    <message>
        <source>sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>seven, 28 x 28</source>
        <translation>七，28 x 28</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>shared</source>
        <translation>共享</translation>
    </message>
    <message>
        <source>sharpen</source>
        <translation>锐化</translation>
    </message>
    <message>
        <source>shift</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>shift_jis</source>
        <translation>shift_jis</translation>
    </message>
    <message>
        <source>shortest period</source>
        <translation>最短周期</translation>
    </message>
    <message>
        <source>show code</source>
        <translation>显示代码</translation>
    </message>
    <message>
        <source>sigmoid</source>
        <translation>sigmoid</translation>
    </message>
    <message>
        <source>signals</source>
        <translation>信号（signals）</translation>
    </message>
    <message>
        <source>sines</source>
        <translation>正弦</translation>
    </message>
    <message>
        <source>size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>slant</source>
        <translation>倾斜</translation>
    </message>
    <message>
        <source>slope</source>
        <translation>斜率</translation>
    </message>
    <message>
        <source>softmax</source>
        <translation>softmax</translation>
    </message>
    <message>
        <source>spacing</source>
        <translation>间距</translation>
    </message>
    <message>
        <source>sparsity cost</source>
        <translation>稀疏惩罚</translation>
    </message>
    <message>
        <source>sparsity target</source>
        <translation>稀疏目标</translation>
    </message>
    <message>
        <source>spread of inputs</source>
        <translation>输入散布</translation>
    </message>
    <message>
        <source>square</source>
        <translation>正方形</translation>
    </message>
    <message>
        <source>stages</source>
        <translation>阶段数</translation>
    </message>
    <message>
        <source>standard deviation</source>
        <translation>标准差</translation>
    </message>
    <message>
        <source>standardise</source>
        <translation>标准化</translation>
    </message>
    <message>
        <source>standardise targets</source>
        <translation>标准化目标值</translation>
    </message>
    <message>
        <source>start divisor</source>
        <translation>起始除数</translation>
    </message>
    <message>
        <source>step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>steps follow</source>
        <translation>下降所沿的损失</translation>
    </message>
    <message>
        <source>strength</source>
        <translation>强度</translation>
    </message>
    <message>
        <source>stride</source>
        <translation>步幅</translation>
    </message>
    <message>
        <source>surface</source>
        <translation>曲面</translation>
    </message>
    <message>
        <source>symbols</source>
        <translation>符号</translation>
    </message>
    <message>
        <source>tab</source>
        <translation>制表符</translation>
    </message>
    <message>
        <source>tanh</source>
        <translation>tanh</translation>
    </message>
    <message>
        <source>targets</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>test files</source>
        <translation>测试文件</translation>
    </message>
    <message>
        <source>test share</source>
        <translation>测试比例</translation>
    </message>
    <message>
        <source>threshold</source>
        <translation>阈值（threshold）</translation>
    </message>
    <message>
        <source>tiny network</source>
        <translation>微型网络</translation>
    </message>
    <message>
        <source>truncate</source>
        <translation>截断</translation>
    </message>
    <message>
        <source>truncated normal</source>
        <translation>截断正态</translation>
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
        <source>two minima</source>
        <translation>两个极小值</translation>
    </message>
    <message>
        <source>uniform</source>
        <translation>均匀</translation>
    </message>
    <message>
        <source>uniform by fan-in</source>
        <translation>按输入数均匀</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>单元</translation>
    </message>
    <message>
        <source>units</source>
        <translation>单元数</translation>
    </message>
    <message>
        <source>utf-16</source>
        <translation>utf-16</translation>
    </message>
    <message>
        <source>utf-8</source>
        <translation>utf-8</translation>
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
        <source>validation share</source>
        <translation>验证比例</translation>
    </message>
    <message>
        <source>value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>vary</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>visible</source>
        <translation>可见单元</translation>
    </message>
    <message>
        <source>w1</source>
        <translation>w1</translation>
    </message>
    <message>
        <source>w2</source>
        <translation>w2</translation>
    </message>
    <message>
        <source>warm up</source>
        <translation>预热</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>权重</translation>
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
        <source>width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>with labels</source>
        <translation>包含标签</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{layer} is dead: all {units} units are zero for every sample.</source>
        <translation>{layer} 已死亡：全部 {units} 个单元对每个样本都为零。</translation>
    </message>
    <message>
        <source>{layer} is nearly dead: {dead} of {units} units are zero for every sample.</source>
        <translation>{layer} 几乎已死亡：{units} 个单元中有 {dead} 个对每个样本都为零。</translation>
    </message>
</context>
<context>
    <name>SpecListEditor</name>
    <message>
        <source>Add...</source>
        <translation>添加...</translation>
    </message>
</context>
<context>
    <name>SpreadCanvas</name>
    <message>
        <source>half of them between {0} and {1}</source>
        <translation>其中一半在 {0} 和 {1} 之间</translation>
    </message>
    <message>
        <source>step {0}: from {1} to {2}, median {3}</source>
        <translation>第 {0} 步：从 {1} 到 {2}，中位数 {3}</translation>
    </message>
    <message>
        <source>Now: mean {0}, standard deviation {1}</source>
        <translation>现在：均值 {0}，标准差 {1}</translation>
    </message>
    <message>
        <source>{0}: {1} % of the values lie between {2} and {3}</source>
        <translation>{0}：{1} % 的值在 {2} 和 {3} 之间</translation>
    </message>
    <message>
        <source>No layer has any.</source>
        <translation>没有一层含有这种值。</translation>
    </message>
    <message>
        <source>{0} values</source>
        <translation>{0} 个值</translation>
    </message>
</context>
<context>
    <name>StepCanvas</name>
    <message>
        <source>No step of contrastive divergence has been made: press Train, or make one batch.</source>
        <translation>还没有做过对比散度的一步：请按“训练”，或训练一批。</translation>
    </message>
    <message>
        <source>Step {0}, sample {1} of the {2} of its batch; visible units {3}, hidden units {4}</source>
        <translation>第 {0} 步，该批 {2} 个样本中的第 {1} 个；可见单元 {3}，隐藏单元 {4}</translation>
    </message>
    <message>
        <source>Positive phase</source>
        <translation>正相</translation>
    </message>
    <message>
        <source>Negative phase</source>
        <translation>负相</translation>
    </message>
    <message>
        <source>drawn from the persistent chain: h0 = {0}</source>
        <translation>从持续链中抽取：h0 = {0}</translation>
    </message>
    <message>
        <source>drawn: h0 = {0}</source>
        <translation>抽取：h0 = {0}</translation>
    </message>
    <message>
        <source>drawn: v1 = {0}</source>
        <translation>抽取：v1 = {0}</translation>
    </message>
    <message>
        <source>p(v1) = {1}, drawn: v1 = {0}</source>
        <translation>p(v1) = {1}，抽取：v1 = {0}</translation>
    </message>
    <message>
        <source>positive</source>
        <translation>正关联</translation>
    </message>
    <message>
        <source>negative</source>
        <translation>负关联</translation>
    </message>
    <message>
        <source>alpha = {0}; times 1,000</source>
        <translation>alpha = {0}；乘以 1,000</translation>
    </message>
    <message>
        <source>W += ...; times 1,000</source>
        <translation>W += ...；乘以 1,000</translation>
    </message>
    <message>
        <source>what was really added</source>
        <translation>实际加上的值</translation>
    </message>
    <message>
        <source>Matrices are means over the {0} samples of the batch, a row per visible and a column per hidden unit. The chapter takes the drawn h0 in the positive phase; its probabilities have the same mean and less noise. Momentum, weight decay and the like make up the rest of what is really added.</source>
        <translation>矩阵是该批 {0} 个样本的平均，每行一个可见单元，每列一个隐藏单元。书中正相用抽取的 h0；用它的概率均值相同而噪声更小。实际加上的值与之的差别来自动量、权重衰减等。</translation>
    </message>
    <message>
        <source>Two phases</source>
        <translation>两个相</translation>
    </message>
    <message>
        <source>The positive phase lowers the energy of the data: what is on together there gets a larger weight. The negative phase raises the energy of what the machine itself makes of it. Where both agree, nothing changes.</source>
        <translation>正相降低数据的能量：在数据中一起开启的单元得到更大的权重。负相提高机器自己由此造出的样子的能量。两者一致时，什么都不变。</translation>
    </message>
    <message>
        <source>Why CD is not the gradient of anything</source>
        <translation>为什么 CD 不是任何函数的梯度</translation>
    </message>
    <message>
        <source>The gradient of the likelihood has the machine&apos;s own distribution in the negative phase, and reaching that takes an endless chain. Contrastive divergence stops after k steps. Where the chain ends depends on the weights too, and this is left out: no function at all has what remains as its gradient. Hence there is no loss that it makes small, and the reconstruction error only comes along. With more steps it points ever nearer to where the likelihood grows.</source>
        <translation>似然的梯度在负相中用的是机器自身的分布，要到达它需要无穷长的链。对比散度在 k 步后就停止。链的终点也依赖于权重，而这一点被略去了：剩下的部分不是任何函数的梯度。因此没有被它减小的损失，重构误差只是随之下降。步数越多，它的方向越接近似然增长的方向。</translation>
    </message>
    <message>
        <source>Restricted, and not a Boltzmann machine</source>
        <translation>受限的，而不是一般的玻尔兹曼机</translation>
    </message>
    <message>
        <source>A Boltzmann machine also joins visible with visible and hidden with hidden units. Then no unit can be drawn without the others of its side, one has to go through them one by one, and even the positive phase needs a chain. Without these connections one line draws a whole side at once.</source>
        <translation>玻尔兹曼机还把可见单元彼此相连、隐藏单元彼此相连。这样一来，抽取任何单元都离不开同侧的其他单元，只能一个一个地进行，连正相也需要一条链。没有这些连接，一行就能一次抽取整个一侧。</translation>
    </message>
    <message>
        <source>Not an autoencoder</source>
        <translation>不是自编码器</translation>
    </message>
    <message>
        <source>Both encode and decode. An autoencoder makes the reconstruction error small, by backpropagation, and that is all it is. An RBM is a distribution: it has an energy for every state, the same weights both ways, units that are drawn, and can dream samples that were never put in.</source>
        <translation>两者都编码和解码。自编码器用反向传播减小重构误差，仅此而已。RBM 是一个分布：每个状态都有能量，双向用同样的权重，单元是随机抽取的，还能“梦见”从未输入过的样本。</translation>
    </message>
</context>
<context>
    <name>SurfaceCanvas</name>
    <message>
        <source>{0}, neuron {1}</source>
        <translation>{0}，神经元 {1}</translation>
    </message>
    <message>
        <source>{0}: {1} with {2} %</source>
        <translation>{0}：{1}，{2} %</translation>
    </message>
</context>
<context>
    <name>TeachPanel</name>
    <message numerus="yes">
        <source>My digits: %n</source>
        <translation>
            <numerusform>我的数字：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>It is a</source>
        <translation>这是</translation>
    </message>
    <message>
        <source>Keep this drawing in My digits as a {0}.</source>
        <translation>把这个手写作为 {0} 存入“我的数字”。</translation>
    </message>
    <message>
        <source>It is a {0}</source>
        <translation>这是 {0}</translation>
    </message>
    <message>
        <source>Learn</source>
        <translation>学习</translation>
    </message>
    <message>
        <source>My digits</source>
        <translation>我的数字</translation>
    </message>
    <message>
        <source>Take the last one back</source>
        <translation>撤回最后一个</translation>
    </message>
    <message>
        <source>Export the strokes...</source>
        <translation>导出笔画...</translation>
    </message>
    <message>
        <source>Export the pictures...</source>
        <translation>导出图片...</translation>
    </message>
    <message>
        <source>Add the drawings of others...</source>
        <translation>添加别人的手写...</translation>
    </message>
    <message>
        <source>Use as a data set...</source>
        <translation>作为数据集使用...</translation>
    </message>
    <message>
        <source>Learning your digits</source>
        <translation>正在学习您的数字</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>It is no longer in My digits.</source>
        <translation>它已不在“我的数字”中。</translation>
    </message>
    <message>
        <source>Kept as a {0} in My digits.</source>
        <translation>已作为 {0} 存入“我的数字”。</translation>
    </message>
    <message>
        <source>It is in My digits already.</source>
        <translation>它已经在“我的数字”中。</translation>
    </message>
    <message>
        <source>The last drawing is no longer in My digits.</source>
        <translation>最后一个手写已不在“我的数字”中。</translation>
    </message>
    <message>
        <source>Export the strokes</source>
        <translation>导出笔画</translation>
    </message>
    <message>
        <source>Strokes</source>
        <translation>笔画</translation>
    </message>
    <message>
        <source>Folder for the pictures</source>
        <translation>存放图片的文件夹</translation>
    </message>
    <message>
        <source>Drawings of others</source>
        <translation>别人的手写</translation>
    </message>
    <message>
        <source>Teach {0}</source>
        <translation>教 {0}</translation>
    </message>
    <message>
        <source>{0} reads your digits now. Save it to keep what it learned.</source>
        <translation>{0} 现在能读您的数字了。请保存以保留它学到的内容。</translation>
    </message>
    <message numerus="yes">
        <source>%n new drawing(s) in My digits.</source>
        <translation>
            <numerusform>“我的数字”中新增 %n 个手写。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drawing(s) exported.</source>
        <translation>
            <numerusform>已导出 %n 个手写。</numerusform>
        </translation>
    </message>
    <message>
        <source>{0}, taught</source>
        <translation>{0}，已教过</translation>
    </message>
    <message>
        <source>taught</source>
        <translation>已教过</translation>
    </message>
    <message>
        <source>Your digits: {0} read rightly before, {1} now. MNIST&apos;s test: {2} before, {3} now.</source>
        <translation>您的数字：之前读对 {0}，现在 {1}。MNIST 测试集：之前 {2}，现在 {3}。</translation>
    </message>
    <message>
        <source>{0} %</source>
        <translation>{0} %</translation>
    </message>
    <message>
        <source>Wait until the training is over, or pause it.</source>
        <translation>请等到训练结束，或暂停训练。</translation>
    </message>
    <message>
        <source>Draw a digit and say what it is: then it can be learned.</source>
        <translation>写一个数字并说明它是几：然后就可以学习它。</translation>
    </message>
    <message>
        <source>Let the network learn My digits, mixed with MNIST, so that it forgets nothing.</source>
        <translation>让网络学习“我的数字”，与 MNIST 混合，这样什么都不会忘记。</translation>
    </message>
</context>
<context>
    <name>TensorBoardRow</name>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Stop writing. Runs that are written already stay.</source>
        <translation>停止写入。已经写好的运行记录会保留。</translation>
    </message>
    <message>
        <source>Writing for TensorBoard needs one more package: install it with pip install &quot;nnviz[tensorboard]&quot;, and start nnviz again.</source>
        <translation>写 TensorBoard 文件还需要一个软件包:请用 pip install &quot;nnviz[tensorboard]&quot; 安装,然后重新启动 nnviz。</translation>
    </message>
    <message>
        <source>Folder for TensorBoard</source>
        <translation>TensorBoard 的文件夹</translation>
    </message>
    <message>
        <source>{0} runs</source>
        <translation>{0} 个运行记录</translation>
    </message>
    <message>
        <source>Writing {0} for TensorBoard</source>
        <translation>正在为 TensorBoard 写入 {0}</translation>
    </message>
    <message>
        <source>Given up: {0} of {1} runs were written.</source>
        <translation>已放弃:{1} 个运行记录中写入了 {0} 个。</translation>
    </message>
    <message>
        <source>Wrote {0}. To look at it: tensorboard --logdir {1}</source>
        <translation>已写入 {0}。查看请运行:tensorboard --logdir {1}</translation>
    </message>
    <message>
        <source>Wrote {0} runs. To look at them: tensorboard --logdir {1}</source>
        <translation>已写入 {0} 个运行记录。查看请运行:tensorboard --logdir {1}</translation>
    </message>
</context>
<context>
    <name>TextCanvas</name>
    <message>
        <source>Step {0}: read (grey), then written</source>
        <translation>第 {0} 步：先读入（灰色），再写出</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>What comes next</source>
        <translation>接下来是什么</translation>
    </message>
    <message>
        <source>At place {0}, where {1} was drawn</source>
        <translation>第 {0} 处，抽到了 {1}</translation>
    </message>
    <message>
        <source>{0} bits per character of unseen text; {1} by chance</source>
        <translation>未见过的文本每字符 {0} 比特；随机猜测为 {1}</translation>
    </message>
    <message>
        <source>{0} was drawn with a probability of {1}. Click to see what else could have come.</source>
        <translation>{0} 是以 {1} 的概率抽到的。点击可查看还可能出现什么。</translation>
    </message>
</context>
<context>
    <name>ThroughTimeCanvas</name>
    <message>
        <source>Step {0} of the sequence</source>
        <translation>序列的第 {0} 步</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>At step 1 the gradient is {0} times that at step {1}.</source>
        <translation>第 1 步的梯度是第 {1} 步的 {0} 倍。</translation>
    </message>
    <message>
        <source>Norm of the gradient</source>
        <translation>梯度的范数</translation>
    </message>
    <message>
        <source>Step of the sequence</source>
        <translation>序列的步</translation>
    </message>
    <message>
        <source>Train another kind of cell next: this curve stays for comparison.</source>
        <translation>接下来训练另一种单元：这条曲线会留下以供比较。</translation>
    </message>
    <message>
        <source>{0} of an earlier run, step {1}</source>
        <translation>较早运行的 {0}，第 {1} 步</translation>
    </message>
</context>
<context>
    <name>ToolBar</name>
    <message>
        <source>File menu</source>
        <translation>文件菜单</translation>
    </message>
    <message>
        <source>Open, save and export.</source>
        <translation>打开、保存和导出。</translation>
    </message>
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
    <name>Transport</name>
    <message>
        <source>From the beginning</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>Go back to the start.</source>
        <translation>回到起点。</translation>
    </message>
    <message>
        <source>Step back</source>
        <translation>后退一步</translation>
    </message>
    <message>
        <source>Take the last step back, exactly.</source>
        <translation>精确地撤销上一步。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Let it run by itself, or halt it.</source>
        <translation>让它自动运行，或暂停。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Make one step.</source>
        <translation>前进一步。</translation>
    </message>
    <message>
        <source>Slow motion</source>
        <translation>慢动作</translation>
    </message>
    <message>
        <source>Run eight times slower.</source>
        <translation>以八分之一的速度运行。</translation>
    </message>
    <message>
        <source>One step is</source>
        <translation>一步是</translation>
    </message>
    <message>
        <source>How far one step goes</source>
        <translation>一步走多远</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>{0} steps a second</source>
        <translation>每秒 {0} 步</translation>
    </message>
    <message>
        <source>one step in {0} s</source>
        <translation>每 {0} 秒一步</translation>
    </message>
    <message>
        <source>Halt</source>
        <translation>暂停</translation>
    </message>
</context>
<context>
    <name>Tried</name>
    <message>
        <source>{0}, {1} units</source>
        <translation>{0}，{1} 个单元</translation>
    </message>
</context>
<context>
    <name>UnitTable</name>
    <message>
        <source>Unit {0} of layer {1}</source>
        <translation>第 {1} 层的单元 {0}</translation>
    </message>
    <message>
        <source>new L</source>
        <translation>新的 L</translation>
    </message>
</context>
<context>
    <name>UnitsCanvas</name>
    <message>
        <source>{0} of {1} dead</source>
        <translation>{1} 个中 {0} 个死亡</translation>
    </message>
    <message>
        <source>{0} % saturated</source>
        <translation>{0} % 饱和</translation>
    </message>
    <message>
        <source>cannot die</source>
        <translation>不会死亡</translation>
    </message>
    <message>
        <source>dead: 0 for all samples</source>
        <translation>死亡：对所有样本都是 0</translation>
    </message>
    <message>
        <source>alive</source>
        <translation>活着</translation>
    </message>
    <message>
        <source>{0} % of its values are saturated</source>
        <translation>{0} % 的值饱和</translation>
    </message>
    <message>
        <source>its curve is flat nowhere</source>
        <translation>它的曲线没有平坦处</translation>
    </message>
    <message>
        <source>{0}, unit {1}: {2}</source>
        <translation>{0}，单元 {1}：{2}</translation>
    </message>
    <message>
        <source>{0}: {1} % of the activations lie between {2} and {3}</source>
        <translation>{0}：{1} % 的激活值在 {2} 和 {3} 之间</translation>
    </message>
    <message>
        <source>The network has no activation layer.</source>
        <translation>网络没有激活层。</translation>
    </message>
</context>
<context>
    <name>Unrolled</name>
    <message>
        <source>Unit </source>
        <translation>单元 </translation>
    </message>
    <message>
        <source>Number of the unit</source>
        <translation>单元编号</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>One moment back.</source>
        <translation>后退一个时刻。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>What comes about next.</source>
        <translation>接下来产生什么。</translation>
    </message>
    <message>
        <source>Slow motion</source>
        <translation>慢动作</translation>
    </message>
    <message>
        <source>One moment after the other.</source>
        <translation>一个时刻接一个时刻。</translation>
    </message>
</context>
<context>
    <name>UnrolledCanvas</name>
    <message>
        <source>Unit {0} of {1}, step {2} of {3}</source>
        <translation>第 {0} 个单元（共 {1} 个），第 {2} 步（共 {3} 步）</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
</context>
<context>
    <name>ValueTable</name>
    <message>
        <source>Weights as a table</source>
        <translation>权重表格</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>A row per unit or filter, a column per input.</source>
        <translation>每行一个单元或滤波器，每列一个输入。</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Step {0}</source>
        <translation>第 {0} 步</translation>
    </message>
</context>
<context>
    <name>VanishingCanvas</name>
    <message>
        <source>Size of activations and gradients in every layer, and histograms</source>
        <translation>每层激活和梯度的大小，以及直方图</translation>
    </message>
    <message>
        <source>Size of the activations, forwards</source>
        <translation>激活的大小，前向</translation>
    </message>
    <message>
        <source>Size of the gradients dL/dz, backwards</source>
        <translation>梯度 dL/dz 的大小，反向</translation>
    </message>
    <message>
        <source>by the formula</source>
        <translation>按公式</translation>
    </message>
    <message>
        <source>how much samples differ</source>
        <translation>样本之间相差多少</translation>
    </message>
    <message>
        <source>times {0} per layer; by the formula times {1}</source>
        <translation>每层乘以 {0}；按公式乘以 {1}</translation>
    </message>
    <message>
        <source>times {0} per layer</source>
        <translation>每层乘以 {0}</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>What the activations of a layer look like, from {0} to {1} (orange: beyond)</source>
        <translation>一层的激活是什么样子，从 {0} 到 {1}（橙色：超出）</translation>
    </message>
    <message>
        <source>inputs</source>
        <translation>输入</translation>
    </message>
</context>
<context>
    <name>VanishingLab</name>
    <message>
        <source>vanishes</source>
        <translation>消失</translation>
    </message>
    <message>
        <source>explodes</source>
        <translation>爆炸</translation>
    </message>
    <message>
        <source>keeps its size</source>
        <translation>保持大小</translation>
    </message>
    <message>
        <source>A batch goes &lt;b&gt;forwards&lt;/b&gt; through {0} layers of {1} units, z = aW and a = f(z); a gradient comes &lt;b&gt;backwards&lt;/b&gt;, &amp;delta; = dL/dz. Both begin with size 1 (root mean square of all numbers). On average a layer multiplies the size of z by &lt;b&gt;&amp;radic;n &amp;sigma; size(f(z))/size(z)&lt;/b&gt; and that of &amp;delta; by &lt;b&gt;&amp;radic;n &amp;sigma; size(f&apos;(z))&lt;/b&gt;; &amp;sigma; is the spread of the weights, here {2}. Factors multiply: below 1 the size &lt;b&gt;vanishes&lt;/b&gt;, above 1 it &lt;b&gt;explodes&lt;/b&gt;.</source>
        <translation>一个批次&lt;b&gt;前向&lt;/b&gt;穿过 {0} 层、每层 {1} 个单元，z = aW，a = f(z)；一个梯度&lt;b&gt;反向&lt;/b&gt;传回，&amp;delta; = dL/dz。两者开始时大小都是 1（所有数的均方根）。平均来说，一层把 z 的大小乘以 &lt;b&gt;&amp;radic;n &amp;sigma; size(f(z))/size(z)&lt;/b&gt;，把 &amp;delta; 的大小乘以 &lt;b&gt;&amp;radic;n &amp;sigma; size(f&apos;(z))&lt;/b&gt;（size 即大小）；&amp;sigma; 是权重的散布，这里为 {2}。因子会连乘：小于 1 就&lt;b&gt;消失&lt;/b&gt;，大于 1 就&lt;b&gt;爆炸&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Dotted: by how much a unit differs from sample to sample; where that vanishes, the network cannot tell samples apart.</source>
        <translation>点线：一个单元在样本之间相差多少；它消失的地方，网络就分不清样本。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Normal&lt;/b&gt;: the spread does not know how many units there are, so it fits only by luck; and far tails let single units saturate.</source>
        <translation>&lt;b&gt;正态&lt;/b&gt;：散布不知道有多少单元，只有碰巧才合适；远处的尾部会让个别单元饱和。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Truncated normal&lt;/b&gt;: values beyond 2 &amp;sigma; are drawn again, so that no weight begins far outside; what is left has 0.88 of the spread. It too does not know n.</source>
        <translation>&lt;b&gt;截断正态&lt;/b&gt;：超出 2 &amp;sigma; 的值重新抽取，没有权重从很远的地方开始；剩下的散布是原来的 0.88 倍。它也不知道 n。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Xavier&lt;/b&gt;: &amp;sigma;&amp;sup2; = 2/(inputs + outputs) = 1/{0} makes &amp;radic;n &amp;sigma; = 1: right where f is nearly a straight line of slope 1 around 0, as tanh is. Sigmoid has slope 1/4 there.</source>
        <translation>&lt;b&gt;Xavier&lt;/b&gt;：&amp;sigma;&amp;sup2; = 2/(输入数 + 输出数) = 1/{0}，使 &amp;radic;n &amp;sigma; = 1：适合在 0 附近近似斜率为 1 的直线的 f，例如 tanh。sigmoid 在那里的斜率是 1/4。</translation>
    </message>
    <message>
        <source>&lt;b&gt;He&lt;/b&gt;: &amp;sigma;&amp;sup2; = 2/n = 2/{0} makes up for the half of all signals and slopes that ReLU sets to 0: &amp;radic;n &amp;sigma; &amp;radic;&amp;frac12; = 1.</source>
        <translation>&lt;b&gt;He&lt;/b&gt;：&amp;sigma;&amp;sup2; = 2/n = 2/{0}，弥补 ReLU 置为 0 的那一半信号和斜率：&amp;radic;n &amp;sigma; &amp;radic;&amp;frac12; = 1。</translation>
    </message>
    <message>
        <source>&lt;b&gt;Uniform by fan-in&lt;/b&gt;: PyTorch&apos;s own start, between -1/&amp;radic;n and 1/&amp;radic;n: &amp;sigma;&amp;sup2; = 1/(3n), hence &amp;radic;n &amp;sigma; = 0.58. Fine for few layers.</source>
        <translation>&lt;b&gt;按输入数均匀&lt;/b&gt;：PyTorch 自己的初始值，在 -1/&amp;radic;n 与 1/&amp;radic;n 之间：&amp;sigma;&amp;sup2; = 1/(3n)，因此 &amp;radic;n &amp;sigma; = 0.58。层数少时没有问题。</translation>
    </message>
    <message>
        <source>Move the &lt;b&gt;sliders&lt;/b&gt;: everything is computed again at once. &lt;b&gt;Click&lt;/b&gt; a layer (or press the up and down keys) for its numbers. &lt;b&gt;Step&lt;/b&gt; or &lt;b&gt;run&lt;/b&gt; to go with the signal, and back with the gradient.&lt;br&gt;&lt;b&gt;Try this:&lt;/b&gt; find the standard deviation at which ReLU keeps its size in 50 layers; then look what He takes. Compare Xavier and He with tanh. Can any scale save the gradient of sigmoid?</source>
        <translation>移动&lt;b&gt;滑块&lt;/b&gt;：一切立即重新计算。&lt;b&gt;点击&lt;/b&gt;一层（或按上下键）看它的数字。&lt;b&gt;单步&lt;/b&gt;或&lt;b&gt;运行&lt;/b&gt;，跟着信号向前，再跟着梯度返回。&lt;br&gt;&lt;b&gt;试一试：&lt;/b&gt;找出使 ReLU 在 50 层中保持大小的标准差，再看 He 取多少。用 tanh 比较 Xavier 和 He。有没有哪个缩放能救回 sigmoid 的梯度？</translation>
    </message>
    <message>
        <source>Forwards the signal &lt;b&gt;{0}&lt;/b&gt;: from 1 to {1}, times {2} per layer. Backwards the gradient &lt;b&gt;{3}&lt;/b&gt;: from {4} to {5}, times {6} per layer.</source>
        <translation>前向信号&lt;b&gt;{0}&lt;/b&gt;：从 1 到 {1}，每层乘以 {2}。反向梯度&lt;b&gt;{3}&lt;/b&gt;：从 {4} 到 {5}，每层乘以 {6}。</translation>
    </message>
    <message>
        <source>{0}&amp;nbsp;% of the units are saturated: their slope is below 0.05.</source>
        <translation>{0}&amp;nbsp;% 的单元饱和：斜率低于 0.05。</translation>
    </message>
    <message>
        <source>At the end all samples look nearly the same to the network: they differ by {0} only.</source>
        <translation>到末尾，所有样本在网络看来几乎一样：只相差 {0}。</translation>
    </message>
    <message>
        <source>The inputs: a batch of size &lt;b&gt;1&lt;/b&gt;, from a normal distribution.</source>
        <translation>输入：大小为 &lt;b&gt;1&lt;/b&gt; 的一个批次，来自正态分布。</translation>
    </message>
    <message>
        <source>Layer {0}: activations &lt;b&gt;{1}&lt;/b&gt;, gradient &amp;delta; &lt;b&gt;{2}&lt;/b&gt;. By the formula, this layer multiplies the size of z by {3} forwards and that of &amp;delta; by {4} backwards; {5}&amp;nbsp;% of its slopes are below 0.05.</source>
        <translation>第 {0} 层：激活 &lt;b&gt;{1}&lt;/b&gt;，梯度 &amp;delta; &lt;b&gt;{2}&lt;/b&gt;。按公式，这一层前向把 z 的大小乘以 {3}，反向把 &amp;delta; 的大小乘以 {4}；{5}&amp;nbsp;% 的斜率低于 0.05。</translation>
    </message>
    <message>
        <source>Layer {0}, forwards: activations of size {1} come in, the weights make z of size {2}, and {3} lets &lt;b&gt;{4}&lt;/b&gt; through.</source>
        <translation>第 {0} 层，前向：大小为 {1} 的激活进来，权重得到大小为 {2} 的 z，{3} 让 &lt;b&gt;{4}&lt;/b&gt; 通过。</translation>
    </message>
    <message>
        <source>From 1 to {0} in {1} layers: the signal &lt;b&gt;{2}&lt;/b&gt;.</source>
        <translation>经过 {1} 层从 1 到 {0}：信号&lt;b&gt;{2}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Layer {0}, backwards: the gradient comes in with size 1; times the slopes f&apos;(z), of size {1}, it is &amp;delta; = &lt;b&gt;{2}&lt;/b&gt;.</source>
        <translation>第 {0} 层，反向：梯度以大小 1 进来；乘以大小为 {1} 的斜率 f&apos;(z)，得到 &amp;delta; = &lt;b&gt;{2}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>Layer {0}, backwards: &amp;delta; of size {1} comes from behind; through the weights and times the slopes, of size {2}, it is &lt;b&gt;{3}&lt;/b&gt;.</source>
        <translation>第 {0} 层，反向：大小为 {1} 的 &amp;delta; 从后面传来；穿过权重，再乘以大小为 {2} 的斜率，得到 &lt;b&gt;{3}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>That is all that the first layer learns from: the gradient &lt;b&gt;{0}&lt;/b&gt;.</source>
        <translation>第一层能用来学习的只有这些：梯度&lt;b&gt;{0}&lt;/b&gt;。</translation>
    </message>
    <message>
        <source>All layers at once</source>
        <translation>所有层一起</translation>
    </message>
    <message>
        <source>Forwards: layer {0} of {1}</source>
        <translation>前向：第 {0} 层，共 {1} 层</translation>
    </message>
    <message>
        <source>Backwards: layer {0} of {1}</source>
        <translation>反向：第 {0} 层，共 {1} 层</translation>
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
        <source>This is the number {0}</source>
        <translation>这是数 {0}</translation>
    </message>
    <message>
        <source>{0}: I am not sure of the {1}, it may be a {2}</source>
        <translation>{0}：{1} 我不确定，也可能是 {2}</translation>
    </message>
    <message>
        <source>{0}: I am not sure of every digit</source>
        <translation>{0}：不是每个数字我都确定</translation>
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
    <name>ViewDock</name>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Enlarge {0}</source>
        <translation>放大 {0}</translation>
    </message>
    <message>
        <source>In a window of its own</source>
        <translation>在单独的窗口中</translation>
    </message>
    <message>
        <source>Save as picture (PNG)...</source>
        <translation>保存为图片（PNG）...</translation>
    </message>
    <message>
        <source>Save as drawing (SVG)...</source>
        <translation>保存为矢量图（SVG）...</translation>
    </message>
    <message>
        <source>Save the numbers (CSV)...</source>
        <translation>保存数据（CSV）...</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Views above brings it back. What is closed costs nothing.</source>
        <translation>用上方的“视图”可以再打开它。关闭的视图不占用计算。</translation>
    </message>
    <message>
        <source>More for {0}</source>
        <translation>{0} 的更多操作</translation>
    </message>
    <message>
        <source>Float, save or close this view.</source>
        <translation>使这个视图浮动，保存或关闭它。</translation>
    </message>
    <message>
        <source>Saved {0}.</source>
        <translation>已保存 {0}。</translation>
    </message>
    <message>
        <source>Show the others again</source>
        <translation>重新显示其他视图</translation>
    </message>
    <message>
        <source>Show the other views again (Esc).</source>
        <translation>重新显示其他视图（Esc）。</translation>
    </message>
    <message>
        <source>Show this view alone.</source>
        <translation>只显示这个视图。</translation>
    </message>
</context>
<context>
    <name>Weights</name>
    <message>
        <source>What is shown</source>
        <translation>显示什么</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Biases</source>
        <translation>偏置</translation>
    </message>
    <message>
        <source>Table...</source>
        <translation>表格...</translation>
    </message>
    <message>
        <source>All values of a layer as a table, in a window of its own.</source>
        <translation>在单独的窗口中以表格显示一层的所有值。</translation>
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
    <name>WrittenText</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Below 1 the likely characters become likelier; above 1 the text becomes wilder.</source>
        <translation>低于 1 时，可能的字符更可能出现；高于 1 时，文本更加随意。</translation>
    </message>
    <message>
        <source>Temperature </source>
        <translation>温度 </translation>
    </message>
    <message>
        <source>Another</source>
        <translation>换一个</translation>
    </message>
    <message>
        <source>Write with other random numbers. The same ones are used until then.</source>
        <translation>用另外的随机数来写；在此之前一直使用同样的随机数。</translation>
    </message>
</context>
<context>
    <name>_Item</name>
    <message>
        <source>Move {} up</source>
        <translation>上移 {}</translation>
    </message>
    <message>
        <source>Move {} down</source>
        <translation>下移 {}</translation>
    </message>
    <message>
        <source>Remove {}</source>
        <translation>移除 {}</translation>
    </message>
</context>
<context>
    <name>_SeedRow</name>
    <message>
        <source>The same seed gives the same beginning, on every machine.</source>
        <translation>同样的种子在任何机器上都给出同样的开始。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>随机种子</translation>
    </message>
    <message>
        <source>Another beginning</source>
        <translation>换一个开始</translation>
    </message>
    <message>
        <source>Another beginning: take the next seed.</source>
        <translation>换一个开始：使用下一个种子。</translation>
    </message>
</context>
</TS>
