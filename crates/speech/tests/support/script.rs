//! What is said in the made-up calls.

/// One line of a made-up call.
#[derive(Clone, Copy)]
pub struct Line {
    /// 0 agent, 1 customer.
    pub channel: usize,
    /// What is said, as the model writes it.
    pub text: &'static str,
    /// What espeak-ng is given: numbered pinyin, or the English text itself.
    pub spoken: &'static str,
}

const fn line(channel: usize, text: &'static str, spoken: &'static str) -> Line {
    Line {
        channel,
        text,
        spoken,
    }
}

/// A Mandarin call. espeak-ng misreads Han words, hence the pinyin.
pub const FRIDGE: &[Line] = &[
    line(
        0,
        "您好，这里是售后服务中心。",
        "nin2 hao3 ， zhe4 li3 shi4 shou4 hou4 fu2 wu4 zhong1 xin1 。",
    ),
    line(
        1,
        "你好，我想退一台冰箱。",
        "ni3 hao3 ， wo3 xiang3 tui4 yi1 tai2 bing1 xiang1 。",
    ),
    line(
        0,
        "好的，请您说一下订单号。",
        "hao3 de5 ， qing3 nin2 shuo1 yi1 xia4 ding4 dan1 hao4 。",
    ),
    line(
        1,
        "订单号是三六五八二零。",
        "ding4 dan1 hao4 shi4 san1 liu4 wu3 ba1 er4 ling2 。",
    ),
    line(
        0,
        "请稍等，我帮您查一下。",
        "qing3 shao1 deng3 ， wo3 bang1 nin2 cha2 yi1 xia4 。",
    ),
    line(
        0,
        "这台冰箱是上个月签收的。",
        "zhe4 tai2 bing1 xiang1 shi4 shang4 ge4 yue4 qian1 shou1 de5 。",
    ),
    line(
        1,
        "对，可是冰箱太大了，厨房放不下。",
        "dui4 ， ke3 shi4 bing1 xiang1 tai4 da4 le5 ， chu2 fang2 fang4 bu4 xia4 。",
    ),
    line(
        0,
        "请问冰箱通过电吗？",
        "qing3 wen4 bing1 xiang1 tong1 guo4 dian4 ma5 ？",
    ),
    line(
        1,
        "没有，包装都还在。",
        "mei2 you3 ， bao1 zhuang1 dou1 hai2 zai4 。",
    ),
    line(
        0,
        "很抱歉，已经超过七天退货期了。",
        "hen3 bao4 qian4 ， yi3 jing1 chao1 guo4 qi1 tian1 tui4 huo4 qi1 le5 。",
    ),
    line(
        1,
        "我出差了，上周才拆开的。",
        "wo3 chu1 chai1 le5 ， shang4 zhou1 cai2 chai1 kai1 de5 。",
    ),
    line(0, "我理解您的心情。", "wo3 li3 jie3 nin2 de5 xin1 qing2 。"),
    line(
        1,
        "你们能不能通融一下？",
        "ni3 men5 neng2 bu4 neng2 tong1 rong2 yi1 xia4 ？",
    ),
    line(
        0,
        "超过时间需要商家同意。",
        "chao1 guo4 shi2 jian1 xu1 yao4 shang1 jia1 tong2 yi4 。",
    ),
    line(
        1,
        "那你帮我问问商家吧。",
        "na4 ni3 bang1 wo3 wen4 wen4 shang1 jia1 ba5 。",
    ),
    line(
        0,
        "我会提交特殊退货申请。",
        "wo3 hui4 ti2 jiao1 te4 shu1 tui4 huo4 shen1 qing3 。",
    ),
    line(1, "运费谁来出？", "yun4 fei4 shui2 lai2 chu1 ？"),
    line(
        0,
        "大件商品的运费由买家承担。",
        "da4 jian4 shang1 pin3 de5 yun4 fei4 you2 mai3 jia1 cheng2 dan1 。",
    ),
    line(
        1,
        "这也太贵了，我要投诉。",
        "zhe4 ye3 tai4 gui4 le5 ， wo3 yao4 tou2 su4 。",
    ),
    line(
        0,
        "我可以帮您申请换一台小的。",
        "wo3 ke3 yi3 bang1 nin2 shen1 qing3 huan4 yi1 tai2 xiao3 de5 。",
    ),
    line(
        1,
        "换小的也行，多久有结果？",
        "huan4 xiao3 de5 ye3 xing2 ， duo1 jiu3 you3 jie2 guo3 ？",
    ),
    line(
        0,
        "两个工作日内给您回电话。",
        "liang3 ge4 gong1 zuo4 ri4 nei4 gei3 nin2 hui2 dian4 hua4 。",
    ),
    line(
        1,
        "好吧，我等你的电话。",
        "hao3 ba5 ， wo3 deng3 ni3 de5 dian4 hua4 。",
    ),
    line(
        0,
        "感谢您的来电，再见。",
        "gan3 xie4 nin2 de5 lai2 dian4 ， zai4 jian4 。",
    ),
];

/// An English call.
pub const PARCEL: &[Line] = &[
    line(
        0,
        "Thank you for calling, how can I help?",
        "Thank you for calling, how can I help?",
    ),
    line(
        1,
        "My parcel is five days late.",
        "My parcel is five days late.",
    ),
    line(0, "I am sorry to hear that.", "I am sorry to hear that."),
    line(
        0,
        "May I have the tracking number?",
        "May I have the tracking number?",
    ),
    line(
        1,
        "It is seven four nine two.",
        "It is seven four nine two.",
    ),
    line(
        0,
        "Let me check that for you.",
        "Let me check that for you.",
    ),
    line(
        1,
        "The website says it was delivered.",
        "The website says it was delivered.",
    ),
    line(
        0,
        "It shows a signature on Monday.",
        "It shows a signature on Monday.",
    ),
    line(
        1,
        "Nobody signed for it here.",
        "Nobody signed for it here.",
    ),
    line(
        0,
        "I will open an investigation.",
        "I will open an investigation.",
    ),
    line(1, "How long will that take?", "How long will that take?"),
    line(
        0,
        "Usually three working days.",
        "Usually three working days.",
    ),
];
