//! The ways to start, and the ways to set the size of the month.

use super::Wizard;
use crate::cost::Volume;
use crate::usage::PRESETS;

/// A way to start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Beginning {
    /// Continue with the choices kept last.
    Continue,
    /// Continue with the choices kept before those.
    Earlier,
    Start,
    Quick,
    Logs,
    /// Compare the report saved last with actual usage.
    OutcomeCheck,
    Open,
    Examples,
    /// What applies to this run. The plain lines have no settings.
    Settings,
    Help,
}

impl Wizard {
    /// The ways to start, in order.
    pub fn beginnings(&self) -> impl Iterator<Item = Beginning> {
        use Beginning::{
            Continue, Earlier, Examples, Help, Logs, Open, OutcomeCheck, Quick, Settings, Start,
        };
        let kept = self.kept.is_some().then_some(Continue);
        let earlier = self.earlier.is_some().then_some(Earlier);
        let reported = self.reported.is_some().then_some(OutcomeCheck);
        let drafts = kept.into_iter().chain(earlier);
        let usual = [Start, Quick, Logs].into_iter().chain(reported);
        drafts.chain(usual).chain([Open, Examples, Settings, Help])
    }
}

/// A way to set the month's volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthStart {
    Own,
    /// A preset, by its index.
    Preset(usize),
    /// The estimate from a typical week.
    Week,
    Logs,
}

impl MonthStart {
    pub const ALL: [Self; 6] =
        [Self::Own, Self::Preset(0), Self::Preset(1), Self::Preset(2), Self::Week, Self::Logs];

    /// The way that leads to this volume at once.
    pub fn of(volume: Volume) -> Self {
        let preset = PRESETS.iter().position(|(_, preset)| *preset == volume);
        preset.map_or(Self::Own, Self::Preset)
    }

    /// The name of the way, and the volume of a preset.
    pub fn preset(self) -> Option<(&'static str, Volume)> {
        match self {
            Self::Preset(index) => PRESETS.get(index).copied(),
            Self::Own | Self::Week | Self::Logs => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_way_to_set_the_month() {
        for (index, (name, volume)) in PRESETS.into_iter().enumerate() {
            let way = MonthStart::of(volume);
            assert_eq!(way, MonthStart::Preset(index));
            assert!(MonthStart::ALL.contains(&way), "{name}");
            assert_eq!(way.preset(), Some((name, volume)));
        }
        assert_eq!(MonthStart::of(Volume { input: 1, output: 1 }), MonthStart::Own);
    }
}
