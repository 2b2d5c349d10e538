//! What the system says of this process. Nothing where it does not tell as Linux does.

/// Memory and processor time so far.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct ProcessFigures {
    /// Resident memory, in bytes.
    pub(crate) resident_bytes: Option<u64>,
    /// The most that was ever resident, in bytes.
    pub(crate) peak_resident_bytes: Option<u64>,
    /// User and system time, in seconds.
    pub(crate) cpu_seconds: Option<f64>,
}

/// Linux counts processor time for programs in hundredths of a second on every architecture
/// (`USER_HZ`, see `time(7)`).
const TICKS_PER_SECOND: f64 = 100.0;

impl ProcessFigures {
    /// As of now.
    pub(crate) fn read() -> Self {
        let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
        let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        Self {
            resident_bytes: kilobytes(&status, "VmRSS:"),
            peak_resident_bytes: kilobytes(&status, "VmHWM:"),
            cpu_seconds: cpu_seconds(&stat),
        }
    }
}

fn kilobytes(status: &str, key: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    let kilobytes: u64 = line.split_whitespace().next()?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// Fields 14 and 15 of `proc(5)`'s stat, counted after the program's name, which may hold spaces.
fn cpu_seconds(stat: &str) -> Option<f64> {
    let (_, rest) = stat.rsplit_once(')')?;
    let mut fields = rest.split_whitespace().skip(11);
    let user: f64 = fields.next()?.parse().ok()?;
    let system: f64 = fields.next()?.parse().ok()?;
    Some((user + system) / TICKS_PER_SECOND)
}
