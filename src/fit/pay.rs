//! What usage credits cost: bundles at a discount first, the rest at API prices.

use rust_decimal::Decimal;

use super::amount::{usd, wide_units};
use crate::catalog::{Catalog, Plan};

/// One month of usage credits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthBill {
    /// The first day of the calendar month.
    pub month: jiff::civil::Date,
    /// What was used, at API prices, USD.
    pub value: Decimal,
    /// What it cost in the cheapest way, bundles considered, USD.
    pub cash: Decimal,
}

/// What was used in the known days of a calendar month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    /// Its first day.
    pub month: jiff::civil::Date,
    /// Use in these days, in 10^-12 dollars.
    pub value: u128,
    /// How many days are known.
    pub days: u128,
    /// How many days it has.
    pub of: u128,
}

/// The bundles that a plan can buy, and how much of them a month, in 10^-12 dollars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shop {
    /// Value and price.
    bundles: Vec<(u128, u128)>,
    /// The most value a month.
    most: u128,
}

impl Shop {
    /// What a plan can buy by the list.
    pub(super) fn of(catalog: &Catalog, plan: &Plan) -> Self {
        let for_plan = |id: &String| *id == plan.id;
        let bundles: Vec<(u128, u128)> = catalog
            .bundles
            .iter()
            .filter(|bundle| bundle.plans.iter().any(for_plan))
            .map(|bundle| (wide_units(bundle.value), wide_units(bundle.price)))
            .filter(|(value, price)| price < value)
            .collect();
        let credits = &catalog.credits;
        let most =
            if plan.min_members > 1 { credits.bundles_team } else { credits.bundles_individual };
        Self { bundles, most: most.map_or(0, wide_units) }
    }

    /// The cheapest way to pay for `value`: what it costs, and the credits that are left over. Of
    /// equal costs the one with more left.
    fn cheapest(&self, value: u128) -> (u128, u128) {
        let mut best = (value, 0);
        self.buy(0, value, 0, 0, &mut best);
        best
    }

    /// Tries every number of each bundle from `kind` on.
    fn buy(&self, kind: usize, value: u128, bought: u128, paid: u128, best: &mut (u128, u128)) {
        let rest = value.saturating_sub(bought);
        let (cost, left) = (paid + rest, bought.saturating_sub(value));
        if cost < best.0 || (cost == best.0 && left > best.1) {
            *best = (cost, left);
        }
        if let Some((worth, price)) = self.bundles.get(kind) {
            let (mut bought, mut paid) = (bought, paid);
            self.buy(kind + 1, value, bought, paid, best);
            // Once everything is paid for, more only costs more.
            while bought < value && bought + worth <= self.most {
                bought += worth;
                paid += price;
                self.buy(kind + 1, value, bought, paid, best);
            }
        }
    }

    /// What the months cost one after the other; credits that are left over go on to the next. A
    /// month of which only some days are known costs that part of a whole one: bundles are bought
    /// by the month, and half a month is not a month of half the use.
    pub(super) fn bills(&self, months: &[Used]) -> Vec<MonthBill> {
        let mut left = 0_u128;
        months
            .iter()
            .map(|used| {
                let whole = |part: u128| part.saturating_mul(used.of) / used.days.max(1);
                let part = |whole: u128| whole.saturating_mul(used.days) / used.of.max(1);
                let from_left = left.min(used.value);
                let asked = used.value - from_left;
                let (cost, rest) = self.cheapest(whole(asked));
                left = left - from_left + part(rest);
                // By what is saved: without a bundle the cost is the use itself, to the last digit.
                let saved = part(whole(asked).saturating_sub(cost));
                MonthBill { month: used.month, value: usd(used.value), cash: usd(asked - saved) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Used in so many days of a November.
    fn used(value: &str, days: u128) -> Used {
        let value = wide_units(value.parse().unwrap());
        Used { month: date(2026, 11, 1), value, days, of: 30 }
    }

    fn cash(values: &[&str]) -> Vec<String> {
        let catalog = Catalog::builtin().unwrap();
        let shop = Shop::of(catalog, catalog.plan("pro").unwrap());
        let months: Vec<_> = values.iter().map(|value| used(value, 30)).collect();
        shop.bills(&months).iter().map(|bill| bill.cash.to_string()).collect()
    }

    #[test]
    fn bundles_are_bought_where_they_are_cheaper() {
        assert_eq!(cash(&["0"]), ["0"]);
        assert_eq!(cash(&["44.99"]), ["44.99"], "a bundle of 50 costs 45");
        assert_eq!(cash(&["46"]), ["45"]);
        // 50 for 45 and 10 at the full price; 4 bundles of 50 cost 180, 20 less than 250.
        assert_eq!(cash(&["60"]), ["55"]);
        assert_eq!(cash(&["200"]), ["180"]);
        assert_eq!(cash(&["240"]), ["200"]);
        assert_eq!(cash(&["2000"]), ["1400"]);
        assert_eq!(cash(&["2600"]), ["2000"], "no discount above 2,000 a month");
    }

    #[test]
    fn credits_that_are_left_pay_for_the_next_month() {
        assert_eq!(cash(&["46", "4"]), ["45", "0"]);
        assert_eq!(cash(&["46", "10"]), ["45", "6"]);
    }

    #[test]
    fn a_part_of_a_month_costs_that_part_of_a_whole_one() {
        let catalog = Catalog::builtin().unwrap();
        let shop = Shop::of(catalog, catalog.plan("pro").unwrap());
        let cash = |value, days| shop.bills(&[used(value, days)])[0].cash.to_string();
        // 80 in 30 days: a bundle of 50 for 45, and 30. Half of it in 15 days.
        assert_eq!(cash("80", 30), "75");
        assert_eq!(cash("40", 15), "37.5");
        assert_eq!(cash("14.9", 10), "14.9", "44.70 a month is less than a bundle costs");
    }

    #[test]
    fn a_list_without_bundles_has_no_discount() {
        let article = Catalog::article().unwrap();
        let shop = Shop::of(&article, article.plan("pro").unwrap());
        let bills = shop.bills(&[used("100", 30)]);
        assert_eq!(bills[0].cash, Decimal::from(100));
    }
}
