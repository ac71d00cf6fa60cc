//! The process itself, under the names that Prometheus's own libraries use. Read from /proc when somebody
//! looks; where there is none, these figures are missing.

use crate::server::clock::now;
use prometheus_client::{
    collector::Collector,
    encoding::{DescriptorEncoder, EncodeMetric},
    metrics::{counter::ConstCounter, gauge::ConstGauge},
    registry::Registry,
};
use std::{fmt, fs, time::Duration};

/// Linux counts the time of processes in hundredths of a second, for programs on every machine.
const TICK: Duration = Duration::from_millis(10);

#[derive(Debug)]
struct Process {
    started: i64,
}

pub(super) fn register(to: &mut Registry) {
    let version = super::gauges::<1>(to, "vatra_build_info", "Which version runs: always 1");
    version.get_or_create(&[("version", env!("CARGO_PKG_VERSION"))]).set(1);
    to.register_collector(Box::new(Process { started: now().0.div_euclid(1000) }));
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let mut gauge = |name: &str, help: &str, value: Option<i64>| {
            let Some(value) = value else { return Ok(()) };
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, None, gauge.metric_type())?)
        };
        gauge("process_start_time_seconds", "When the process began to count.", Some(self.started))?;
        gauge("process_resident_memory_bytes", "Memory in use.", resident())?;
        gauge("process_open_fds", "Open files and connections.", open_files())?;
        gauge("process_max_fds", "How many may be open.", most_files())?;
        if let Some(used) = processor() {
            let counter = ConstCounter::new(used.as_secs_f64());
            let kind = counter.metric_type();
            counter.encode(encoder.encode_descriptor(
                "process_cpu_seconds",
                "Time of the processors.",
                None,
                kind,
            )?)?;
        }
        Ok(())
    }
}

fn resident() -> Option<i64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn open_files() -> Option<i64> {
    // One of them is that of the folder.
    let count = fs::read_dir("/proc/self/fd").ok()?.count().saturating_sub(1);
    i64::try_from(count).ok()
}

fn most_files() -> Option<i64> {
    let text = fs::read_to_string("/proc/self/limits").ok()?;
    let line = text.lines().find(|line| line.starts_with("Max open files"))?;
    line.split_whitespace().nth(3)?.parse().ok()
}

/// In the program and for it, fields 14 and 15 (proc(5)). The name, field 2, may hold spaces.
fn processor() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let mut fields = text.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<u32>().ok();
    Some(TICK * ticks()?.saturating_add(ticks()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_process_has_memory_files_and_a_limit_of_them() {
        assert!(resident().unwrap() > 1 << 20);
        let (open, most) = (open_files().unwrap(), most_files().unwrap());
        assert!((3..=most).contains(&open), "{open} of {most}");
        assert!(processor().is_some());
    }
}
