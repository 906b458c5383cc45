"""The closed set of demo phrases: four short customer-service calls.

Each line is (role, text); role "a" is the agent, "c" the customer.
"""

FRIDGE = ("zh", [
    ("a", "您好，这里是售后服务中心。"),
    ("c", "你好，我想退一台冰箱。"),
    ("a", "好的，请您说一下订单号。"),
    ("c", "订单号是三六五八二零。"),
    ("a", "请稍等，我帮您查一下。"),
    ("a", "这台冰箱是上个月签收的。"),
    ("c", "对，可是冰箱太大了，厨房放不下。"),
    ("a", "请问冰箱通过电吗？"),
    ("c", "没有，包装都还在。"),
    ("a", "很抱歉，已经超过七天退货期了。"),
    ("c", "我出差了，上周才拆开的。"),
    ("a", "我理解您的心情。"),
    ("c", "你们能不能通融一下？"),
    ("a", "超过时间需要商家同意。"),
    ("c", "那你帮我问问商家吧。"),
    ("a", "我会提交特殊退货申请。"),
    ("c", "运费谁来出？"),
    ("a", "大件商品的运费由买家承担。"),
    ("c", "这也太贵了，我要投诉。"),
    ("a", "我可以帮您申请换一台小的。"),
    ("c", "换小的也行，多久有结果？"),
    ("a", "两个工作日内给您回电话。"),
    ("c", "好吧，我等你的电话。"),
    ("a", "感谢您的来电，再见。"),
])

SUITCASE = ("zh", [
    ("a", "您好，请问有什么可以帮您？"),
    ("c", "我买的行李箱有划痕。"),
    ("a", "请问是收到的时候就有吗？"),
    ("c", "是的，打开箱子就看到了。"),
    ("a", "您申请过退货吗？"),
    ("c", "申请了，商家拒绝了。"),
    ("a", "商家是怎么说的？"),
    ("c", "他说是我自己弄坏的。"),
    ("a", "请您上传三张清楚的照片。"),
    ("c", "照片我早就发过了。"),
    ("a", "我看到照片了，划痕很明显。"),
    ("c", "那为什么还不给我退钱？"),
    ("a", "我现在为您升级处理。"),
    ("c", "到底要等到什么时候？"),
    ("a", "明天下午六点之前答复您。"),
    ("c", "如果再不解决，我就打消费者热线。"),
    ("a", "请您放心，我们一定负责。"),
    ("c", "我只要全额退款。"),
    ("a", "退款会原路返回您的账户。"),
    ("c", "行，那就先这样。"),
    ("a", "祝您生活愉快。"),
])

SELLER = ("zh", [
    ("a", "商家服务热线，很高兴为您服务。"),
    ("c", "我是新手，不知道怎么开店。"),
    ("a", "您注册商家账号了吗？"),
    ("c", "注册了，但是找不到入口。"),
    ("a", "请先打开首页，点击右上角。"),
    ("c", "右上角只有一个头像。"),
    ("a", "点一下头像，选择我要开店。"),
    ("c", "哦，我看到了。"),
    ("a", "然后上传身份证和营业执照。"),
    ("c", "没有营业执照可以吗？"),
    ("a", "可以先开个人店铺。"),
    ("c", "需要交多少保证金？"),
    ("a", "保证金是一千元，可以退的。"),
    ("c", "审核要几天时间？"),
    ("a", "一般三天左右会通过。"),
    ("c", "明白了，谢谢你。"),
    ("a", "还有其他问题吗？"),
    ("c", "没有了，再见。"),
])

PARCEL = ("en", [
    ("a", "Thank you for calling, how can I help?"),
    ("c", "My parcel is five days late."),
    ("a", "I am sorry to hear that."),
    ("a", "May I have the tracking number?"),
    ("c", "It is seven four nine two."),
    ("a", "Let me check that for you."),
    ("c", "The website says it was delivered."),
    ("a", "It shows a signature on Monday."),
    ("c", "Nobody signed for it here."),
    ("a", "Could a neighbor have taken it?"),
    ("c", "No, I already asked everyone."),
    ("a", "I will open an investigation."),
    ("c", "How long will that take?"),
    ("a", "Usually three working days."),
    ("c", "I need it before the weekend."),
    ("a", "I understand this is frustrating."),
    ("c", "This is the second time this year."),
    ("a", "I can send a replacement today."),
    ("c", "Will I be charged again?"),
    ("a", "No, it is free of charge."),
    ("c", "Can you confirm that by email?"),
    ("a", "Yes, the email is on its way."),
    ("c", "I also want to make a complaint."),
    ("a", "I have noted your complaint."),
    ("c", "Please ask your manager to call me."),
    ("a", "She will call you tomorrow morning."),
    ("c", "Fine, that works for me."),
    ("a", "Is there anything else?"),
    ("c", "No, that is all, goodbye."),
    ("a", "Have a nice day."),
])

DIALOGUES = {"fridge": FRIDGE, "suitcase": SUITCASE, "seller": SELLER, "parcel": PARCEL}

# The closed set: [(language, text)]; the place in the list is the phrase's number.
PHRASES = list(
    dict.fromkeys((lang, text) for lang, lines in DIALOGUES.values() for _, text in lines)
)
BY_LANGUAGE = {
    lang: [i for i, phrase in enumerate(PHRASES) if phrase[0] == lang] for lang in ("zh", "en")
}
