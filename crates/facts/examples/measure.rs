use qinting_facts::*;
use qinting_table::value::zone_named;
use std::time::Instant;
fn main() {
    let cols: Vec<String> = "企业id,话单id,接入号码,主叫,被叫,坐席,技能组id,话机,ivr,机器人,开始时间,接听时间,结束时间,呼叫方向,通话结果,等待时长,应答数,挂机方向,挂机原因,录音地址,录音开始时间,通话时长,第一次进队列时间,进入技能组时间,随路数据".split(',').map(str::to_owned).collect();
    let rows: Vec<(u64, Vec<String>)> = (0..100_000u64)
        .map(|i| {
            (
                i + 2,
                vec![
                    "10001".into(),
                    format!("17{i:017}"),
                    "057100000001".into(),
                    format!("139{:08}", i),
                    "8001".into(),
                    format!("agent{}@demo", i % 50),
                    "32".into(),
                    "sip".into(),
                    "12".into(),
                    "".into(),
                    format!("2023-11-{:02} {:02}:{:02}:20", 1 + i % 28, i % 24, i % 60),
                    format!("2023-11-{:02} {:02}:{:02}:31", 1 + i % 28, i % 24, i % 60),
                    format!("2023-11-{:02} {:02}:{:02}:59", 1 + i % 28, i % 24, i % 60),
                    "呼入".into(),
                    "接通".into(),
                    "11".into(),
                    "1".into(),
                    "客户挂断".into(),
                    "正常".into(),
                    format!("https://recordings.example.com/20231115/{i}.wav"),
                    "2023-11-15 06:13:31".into(),
                    ["00:03:34", "214", "3分34秒"][i as usize % 3].into(),
                    "2023-11-15 06:13:22".into(),
                    "2023-11-15 06:13:25".into(),
                    r#"{"vip":"1","备注":"要求回电,勿催"}"#.into(),
                ],
            )
        })
        .collect();
    let p = built_in().iter().find(|p| p.name.contains("随路")).unwrap();
    let z = zone_named("Asia/Shanghai").unwrap();
    for _ in 0..3 {
        let mut r = Reading::of_table(p, &cols, &z, 0).unwrap();
        let t = Instant::now();
        for (_, c) in rows.iter().take(2000) {
            r.look(c);
        }
        let look = t.elapsed();
        let t = Instant::now();
        let mut a = apply_table(&r, rows.iter().map(|(l, c)| (*l, c)));
        let mut n = 0;
        for f in a.by_ref() {
            n += f.known.len();
        }
        let el = t.elapsed();
        let t = Instant::now();
        let mut d = Deliveries::default();
        let mut first = 0;
        for f in apply_table(&r, rows.iter().map(|(l, c)| (*l, c))) {
            if d.see("x", &f) == Delivery::First {
                first += 1
            }
        }
        println!(
            "look {look:?} apply {el:?} known {n} with deliveries {:?} first {first}",
            t.elapsed()
        );
    }
    let rss = std::fs::read_to_string("/proc/self/status").unwrap();
    println!("{}", rss.lines().find(|l| l.starts_with("VmHWM")).unwrap());
}
