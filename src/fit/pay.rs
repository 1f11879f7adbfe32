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

    /// What the months cost one after the other; credits that are left over go on to the next.
    pub(super) fn bills(&self, months: &[(jiff::civil::Date, u128)]) -> Vec<MonthBill> {
        let mut left = 0_u128;
        months
            .iter()
            .map(|(month, value)| {
                let from_left = left.min(*value);
                let (cost, rest) = self.cheapest(value - from_left);
                left = left - from_left + rest;
                MonthBill { month: *month, value: usd(*value), cash: usd(cost) }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn cash(values: &[&str]) -> Vec<String> {
        let catalog = Catalog::builtin().unwrap();
        let shop = Shop::of(catalog, catalog.plan("pro").unwrap());
        let months: Vec<_> = values
            .iter()
            .map(|value| (date(2026, 11, 1), wide_units(value.parse().unwrap())))
            .collect();
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
    fn a_list_without_bundles_has_no_discount() {
        let article = Catalog::article().unwrap();
        let shop = Shop::of(&article, article.plan("pro").unwrap());
        let bills = shop.bills(&[(date(2026, 4, 1), wide_units(Decimal::from(100)))]);
        assert_eq!(bills[0].cash, Decimal::from(100));
    }
}
