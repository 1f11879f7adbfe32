//! The items that count for Pro and for the API, and their points (method, sections 4 and 5).

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::situation::{Band, Situation};
use crate::question::{
    Automation, Billing, Control, Developer, Features, Interface, Limits, Profile, QuestionId,
    Rank, Session,
};

/// An item of either side. Reports show the name, so it is part of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub enum Item {
    P1,
    P2,
    P3,
    P4,
    P5,
    P6,
    A1,
    A2,
    A3,
    A4,
    A5,
    A6,
    A7,
    A8,
}

impl Item {
    /// Every item, Pro's first.
    pub const ALL: [Self; 14] = [
        Self::P1,
        Self::P2,
        Self::P3,
        Self::P4,
        Self::P5,
        Self::P6,
        Self::A1,
        Self::A2,
        Self::A3,
        Self::A4,
        Self::A5,
        Self::A6,
        Self::A7,
        Self::A8,
    ];

    /// True if it counts towards the need for Pro.
    pub(crate) const fn is_pro(self) -> bool {
        matches!(self, Self::P1 | Self::P2 | Self::P3 | Self::P4 | Self::P5 | Self::P6)
    }

    /// True if the cost of the month gives the points, not an answer.
    pub(crate) const fn is_of_month(self) -> bool {
        matches!(self, Self::P6 | Self::A7)
    }

    /// The sections of the article behind the item.
    pub const fn section(self) -> &'static str {
        match self {
            Self::P1 => "DF-Pro 1",
            Self::P2 => "DF-Pro 2",
            Self::P3 => "DF-Pro 4; Switch",
            Self::P4 => "DF-Pro 5; Core",
            Self::P5 => "Heavy; BL3",
            Self::P6 => "Cost; DF-API 4",
            Self::A1 => "DF-API 3 / DF-API 1; APIBest",
            Self::A2 => "Hybrid; DF-API 2",
            Self::A3 => "DF-API 5",
            Self::A4 => "DF-API 1; BL2",
            Self::A5 => "BL3",
            Self::A6 => "Heavy",
            Self::A7 => "DF-API 4; BL2",
            Self::A8 => "Core",
        }
    }
}

/// The points of both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Needs {
    /// From -5 to 15.
    pub pro: i8,
    /// From 0 to 19.
    pub api: i8,
}

impl Needs {
    /// The larger total of each side.
    #[must_use]
    pub(crate) fn highest(self, other: Self) -> Self {
        Self { pro: self.pro.max(other.pro), api: self.api.max(other.api) }
    }
}

/// The grounds of an item, for the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    Answer(QuestionId),
    /// The cost of the chat on the API, USD a month.
    ChatOnApi(Decimal),
    /// The cost of everything on the API, USD a month.
    Api(Decimal),
    Capacity,
}

/// An item with points, and its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    pub item: Item,
    /// Never 0.
    pub points: i8,
    /// In the order of the item's condition.
    pub because: Vec<Because>,
    /// True if it supports the recommendation.
    pub supports: bool,
}

/// The answers known so far. An open question gives no points.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known {
    interface: Option<Interface>,
    session: Option<Session>,
    limits: Option<Limits>,
    automation: Option<Automation>,
    developer: Option<Developer>,
    control: Option<Control>,
    features: Option<Features>,
    billing: Option<Billing>,
}

impl From<Profile> for Known {
    fn from(profile: Profile) -> Self {
        Self {
            interface: Some(profile.interface()),
            session: Some(profile.session()),
            limits: Some(profile.limits()),
            automation: Some(profile.automation()),
            developer: Some(profile.developer()),
            control: Some(profile.control()),
            features: Some(profile.features()),
            billing: Some(profile.billing()),
        }
    }
}

impl Known {
    /// From a partial set. A missing answer counts as neither yes nor no.
    fn some_of(answers: [Option<Rank>; 8]) -> Self {
        // An open question about keys must not settle control as "no keys" would.
        let mut ranks = answers.map(Option::unwrap_or_default);
        if answers[QuestionId::Developer.index()].is_none() {
            ranks[QuestionId::Developer.index()] = Developer::Willing as Rank;
        }
        let full = Profile::new(ranks);
        let has = |question: QuestionId| answers[question.index()].is_some();
        let all = Self::from(full);
        Self {
            interface: all.interface.filter(|_| has(QuestionId::Interface)),
            session: all.session.filter(|_| has(QuestionId::Session)),
            limits: all.limits.filter(|_| has(QuestionId::Limits)),
            automation: all.automation.filter(|_| has(QuestionId::Automation)),
            developer: all.developer.filter(|_| has(QuestionId::Developer)),
            control: all.control.filter(|_| has(QuestionId::Control)),
            features: all.features.filter(|_| has(QuestionId::Features)),
            billing: all.billing.filter(|_| has(QuestionId::Billing)),
        }
    }
}

/// The effective answer about limits: `often` if the chat exceeds the capacity of Pro, whatever the
/// answer.
pub(super) const fn limits_effective(answer: Limits, situation: Situation) -> Limits {
    if situation.over_capacity { Limits::Often } else { answer }
}

/// The points of one item.
pub(super) fn points(item: Item, known: Known, situation: Situation) -> i8 {
    let chat = known.interface.is_some_and(Interface::is_on_plan);
    let effective = if situation.over_capacity { Some(Limits::Often) } else { known.limits };
    match item {
        Item::P1 if chat => 3,
        Item::P2 if chat && known.session.is_some_and(|s| s != Session::Marathon) => 1,
        Item::P3 => match known.features {
            Some(Features::Core) => 8,
            Some(Features::Nice) => 1,
            _ => 0,
        },
        Item::P4 => match known.billing {
            Some(Billing::Flat) => 1,
            Some(Billing::Metered) => -1,
            _ => 0,
        },
        Item::P5 => match known.limits {
            Some(Limits::Sometimes) => -1,
            Some(Limits::Often) => -3,
            _ => 0,
        },
        Item::P6 => match situation.chat {
            Band::Dearer => 2,
            Band::Near => 0,
            Band::Cheaper => -1,
        },
        Item::A1 => match known.interface {
            Some(Interface::Tools) => 3,
            Some(Interface::Code) => 4,
            _ => 0,
        },
        Item::A2 => match known.automation {
            Some(Automation::Some) => 3,
            Some(Automation::Heavy) => 5,
            _ => 0,
        },
        Item::A3 if known.control == Some(Control::Yes) => 2,
        Item::A4 if known.developer == Some(Developer::Yes) => 1,
        Item::A5 => match effective {
            Some(Limits::Sometimes) => 1,
            Some(Limits::Often) => 3,
            _ => 0,
        },
        Item::A6 if known.session == Some(Session::Marathon) => 1,
        Item::A7 if situation.total == Band::Cheaper => 2,
        Item::A8 if known.billing == Some(Billing::Metered) => 1,
        _ => 0,
    }
}

pub(super) fn needs(known: Known, situation: Situation) -> Needs {
    let mut needs = Needs::default();
    for item in Item::ALL {
        let points = points(item, known, situation);
        if item.is_pro() {
            needs.pro += points;
        } else {
            needs.api += points;
        }
    }
    needs
}

/// The points of the answers given so far. An open question gives none.
pub(crate) fn partial_needs(answers: [Option<Rank>; 8], market: &super::Market) -> Needs {
    // An open question must move no work outside the app: chat, no automation, features liked.
    let stand_in = Profile::new(std::array::from_fn(|index| {
        let neutral =
            if index == QuestionId::Features.index() { Features::Nice as Rank } else { 0 };
        answers[index].unwrap_or(neutral)
    }));
    needs(Known::some_of(answers), market.situation(stand_in))
}

/// The points of the answers alone, without those that the cost of the month gives, and the highest
/// totals that a month can bring them to.
pub(crate) fn apart_from_month(answers: [Option<Rank>; 8]) -> (Needs, Needs) {
    let known = Known::some_of(answers);
    let given = needs(known, BESIDE_PRO);
    let highest = Situation::feasible(false)
        .filter(|situation| !situation.over_capacity)
        .map(|situation| needs(known, situation))
        .fold(given, Needs::highest);
    (given, highest)
}

/// A month that costs about what Pro does, and so gives no points.
const BESIDE_PRO: Situation =
    Situation { total: Band::Near, chat: Band::Near, over_capacity: false, all_outside: false };

/// The points of one answer by itself, at any monthly cost. A session counts as one in the app.
pub(crate) fn answer_points(question: QuestionId, rank: Rank) -> Needs {
    let situation = BESIDE_PRO;
    let mut answers = [None; 8];
    answers[QuestionId::Interface.index()] = Some(Interface::Chat as Rank);
    answers[question.index()] = Some(rank);
    let known = Known::some_of(answers);
    let mut needs = Needs::default();
    for item in Item::ALL {
        let because = because(item, situation, Decimal::ZERO, Decimal::ZERO);
        if because.last() != Some(&Because::Answer(question)) {
            continue;
        }
        let points = points(item, known, situation);
        if item.is_pro() {
            needs.pro += points;
        } else {
            needs.api += points;
        }
    }
    needs
}

/// The grounds of an item.
pub(super) fn because(
    item: Item,
    situation: Situation,
    api: Decimal,
    chat: Decimal,
) -> Vec<Because> {
    use QuestionId as Q;
    let answer = Because::Answer;
    match item {
        Item::P1 | Item::A1 => vec![answer(Q::Interface)],
        Item::P2 => vec![answer(Q::Interface), answer(Q::Session)],
        Item::P3 => vec![answer(Q::Features)],
        Item::P4 | Item::A8 => vec![answer(Q::Billing)],
        Item::P6 => vec![Because::ChatOnApi(chat)],
        Item::A2 => vec![answer(Q::Automation)],
        Item::A3 => vec![answer(Q::Control)],
        Item::A4 => vec![answer(Q::Developer)],
        Item::A5 if situation.over_capacity => vec![Because::Capacity],
        Item::P5 | Item::A5 => vec![answer(Q::Limits)],
        Item::A6 => vec![answer(Q::Session)],
        Item::A7 => vec![Because::Api(api)],
    }
}
