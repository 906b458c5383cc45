//! Calls and talk that look like the real thing to the machine: reproducible, from one seed.

use qinting_testkit::dice::Dice;
use std::path::Path;

/// Writes an 8 kHz stereo call: the two sides take turns, with noise and pauses between.
pub(crate) fn call(path: &Path, seconds: u32) -> anyhow::Result<()> {
    const RATE: u32 = 8_000;
    let spec = hound::WavSpec {
        channels: 2,
        sample_rate: RATE,
        bits_per_sample: 16,
        sample_format: hound::SampleFormat::Int,
    };
    let mut wav = hound::WavWriter::create(path, spec)?;
    let mut dice = Dice::at(7);
    for n in 0..seconds * RATE {
        let second = n / RATE;
        // Four seconds each, every fifth turn is a pause.
        let (turn, pause) = (second / 4 % 2, second / 4 % 5 == 4);
        for channel in 0..2 {
            let noise = (dice.next() & 0x3F) as i16 - 32;
            let voice = if turn == channel && !pause {
                let at = n as f32 / RATE as f32;
                let pitch = 140.0 + 60.0 * channel as f32 + 20.0 * (at * 3.0).sin();
                let loud = 0.6 + 0.4 * (at * 9.0).sin();
                ((at * pitch * std::f32::consts::TAU).sin() * loud * 9_000.0) as i16
            } else {
                0
            };
            wav.write_sample(voice + noise)?;
        }
    }
    wav.finalize()?;
    Ok(())
}

/// What calls are made of; earlier ones come more often.
const WORDS: [&str; 96] = [
    "的",
    "我",
    "你",
    "是",
    "不",
    "了",
    "这个",
    "那个",
    "好",
    "有",
    "就",
    "没有",
    "什么",
    "可以",
    "您好",
    "谢谢",
    "现在",
    "怎么",
    "退款",
    "订单",
    "商品",
    "客服",
    "已经",
    "今天",
    "明天",
    "知道",
    "时间",
    "问题",
    "申请",
    "收到",
    "退货",
    "物流",
    "快递",
    "地址",
    "商家",
    "平台",
    "系统",
    "显示",
    "冰箱",
    "洗衣机",
    "手机",
    "充电器",
    "七天",
    "无理由",
    "运费",
    "保险",
    "优惠券",
    "红包",
    "支付",
    "银行卡",
    "到账",
    "工作日",
    "处理",
    "核实",
    "登记",
    "反馈",
    "投诉",
    "举报",
    "赔偿",
    "道歉",
    "不好意思",
    "理解",
    "着急",
    "麻烦",
    "稍等",
    "查一下",
    "帮您",
    "确认",
    "电话",
    "号码",
    "验证码",
    "账号",
    "密码",
    "登录",
    "实名",
    "发货",
    "签收",
    "破损",
    "少发",
    "错发",
    "质量",
    "假货",
    "发票",
    "售后",
    "维修",
    "上门",
    "安装",
    "预约",
    "取消",
    "修改",
    "降价",
    "价保",
    "会员",
    "积分",
    "app",
    "ok",
];

/// Characters that names, places and goods bring in beside the words.
const CHARACTERS: &str = "张王李赵陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘\
    杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文红蓝绿紫大小新旧长短\
    东南西北上下左右春秋山水火木土日月星云风雨雪花草树鱼鸟牛羊衣裤鞋帽包盒袋瓶杯碗盘桌椅床灯门窗墙路桥车船";

/// A sentence of a call.
pub(crate) fn sentence(dice: &mut Dice, characters: &[char]) -> String {
    let mut text = String::new();
    for _ in 0..4 + dice.below(14) {
        match dice.below(12) {
            0 => text.push(characters[dice.below(characters.len())]),
            1 if dice.below(6) == 0 => text.push_str(&(1_000 + dice.below(900_000)).to_string()),
            // The square of an even choice favours the first words, as speech does.
            _ => text
                .push_str(WORDS[dice.below(WORDS.len()) * dice.below(WORDS.len()) / WORDS.len()]),
        }
    }
    text
}

/// The characters of [`sentence`].
pub(crate) fn characters() -> Vec<char> {
    CHARACTERS.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What a person might type: one to four characters that stand in some sentence, a word, a number.
pub(crate) fn queries(count: usize, characters: &[char]) -> Vec<String> {
    let mut dice = Dice::at(99);
    (0..count)
        .map(|i| match i % 8 {
            0 => ["app", "ok", "APP", "o"][dice.below(4)].to_owned(),
            1 => (1_000 + dice.below(900_000)).to_string(),
            2 => WORDS[dice.below(WORDS.len())].to_owned(),
            n => {
                let chars: Vec<char> = sentence(&mut dice, characters)
                    .chars()
                    .filter(|c| !c.is_ascii())
                    .collect();
                let length = (n - 2).min(chars.len().max(1)).min(4);
                let start = dice.below(chars.len() - length + 1);
                chars[start..start + length].iter().collect()
            }
        })
        .collect()
}
