//! Anything, in any order.

use super::{Device, World};
use qinting_desk::CaptureNews;
use qinting_domain::GapKind;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Lets something happen. Gives the time that passed while nobody counted.
fn happen(world: &mut World, dice: &mut Dice) -> u64 {
    let id = ["mic", "out"][dice.roll(2) as usize];
    match dice.roll(8) {
        0 => {
            world.with(id, |d| d.is_there = false);
            world.trouble(id, |t| t.lost("unplugged".into()));
        }
        1 => world.with(id, |d| d.is_there = false),
        2 => world.with(id, |d| d.is_still = true),
        3 => {
            let ms = 2_500 + dice.roll(9_000);
            world.sleep_ms(ms as i64);
            return ms;
        }
        4 => world.set_paused(true),
        5 => world.set_paused(false),
        6 => {
            let ms = 10 * (1 + dice.roll(40));
            world.drop_ms("mic", ms);
            world.trouble("mic", |t| t.xrun());
            return ms;
        }
        _ => {
            world.is_starved = true;
            let ms = 10 * dice.roll(1_100);
            world.run_ms(ms);
            world.is_starved = false;
            return ms;
        }
    }
    0
}

#[test]
fn whatever_happens_time_is_true_and_nothing_falls_silent_unsaid() {
    for seed in 0..200 {
        let mut dice = Dice(seed * 77 + 5);
        let (mic, mut out) = (Device::new("mic", 8_000, 1), Device::system("out", 8_000));
        out.may_rest = seed % 2 == 0;
        let mut world = World::new(vec![mic, out]);
        world.begin(&["mic", "out"], false).unwrap();
        world.kept.lock().forget = true;
        let mut ran_ms = 2_000;
        world.run_ms(ran_ms);
        for _ in 0..6 {
            ran_ms += happen(&mut world, &mut dice);
            let ms = 10 * (20 + dice.roll(500));
            world.run_ms(ms);
            ran_ms += ms;
            for id in ["mic", "out"] {
                world.with(id, |d| (d.is_there, d.is_still) = (true, false));
            }
            let ms = 10 * (20 + dice.roll(500));
            world.run_ms(ms);
            ran_ms += ms;
        }
        world.set_paused(false);
        world.run_ms(8_000);
        ran_ms += 8_000;
        let ends_ms = world.engine.as_ref().unwrap().ends_ms();
        let (end, gaps) = (world.stop().unwrap(), world.gaps());
        let apart = end.duration_ms as i64 - ran_ms as i64;
        assert!(apart.abs() <= 50, "seed {seed}: {apart} ms off; {gaps:?}");
        let skew = ends_ms[0].abs_diff(ends_ms[1]);
        assert!(skew <= 60, "seed {seed}: {skew} ms apart; {gaps:?}");
        assert!(world.kept.lock().is_finished);
        let open = gaps.iter().find(|g| g.end_ms.is_none());
        assert_eq!(open, None, "seed {seed}: everything is back");
        let levels = world.told(|news| match news {
            CaptureNews::Levels { position_ms, lanes } => Some((*position_ms, lanes[0].peak)),
            _ => None,
        });
        for (_, (position, peak)) in levels {
            let is_said = gaps.iter().any(|gap| {
                let concerns = gap.channel != Some(1) && gap.kind != GapKind::Zeros;
                concerns && gap.start_ms < position + 50 && gap.end_ms.unwrap() + 150 > position
            });
            assert!(
                peak > 0.0 || is_said,
                "seed {seed}: silent at {position}; {gaps:?}"
            );
        }
    }
}
