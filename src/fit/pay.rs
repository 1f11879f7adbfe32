//! The cost of usage credits: discounted bundles first, the rest at API prices.

use rust_decimal::Decimal;

use super::amount::{usd, wide_units};
use crate::catalog::{Catalog, Plan};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthBill {
    /// First day of the calendar month.
    pub month: jiff::civil::Date,
    /// Credits used, at API prices, USD.
    pub value: Decimal,
    /// Cost in the cheapest way, bundles considered, USD.
    pub cash: Decimal,
}

/// Usage in the known days of a calendar month.
#[derive(Debug, Clone, Copy)]
pub(super) struct Used {
    /// First day.
    pub month: jiff::civil::Date,
    /// Usage on the known days, in 10^-12 dollars.
    pub value: u128,
    /// Number of known days.
    pub days: u128,
    /// Number of days in the month.
    pub of: u128,
}

/// The bundles a plan can buy and the monthly limit, in 10^-12 dollars.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Shop {
    /// Value and price of each.
    bundles: Vec<(u128, u128)>,
    /// Highest value a month.
    most: u128,
}

impl Shop {
    /// The bundles a plan can buy according to the list.
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

    /// The cheapest way to pay for `value`: its cost, and the credits left over. Of equal costs,
    /// the one that leaves more.
    fn cheapest(&self, value: u128) -> (u128, u128) {
        let mut best = (value, 0);
        self.buy(0, value, 0, 0, &mut best);
        best
    }

    /// Tries all numbers of each bundle, starting at `kind`.
    fn buy(&self, kind: usize, value: u128, bought: u128, paid: u128, best: &mut (u128, u128)) {
        let rest = value.saturating_sub(bought);
        let (cost, left) = (paid + rest, bought.saturating_sub(value));
        if cost < best.0 || (cost == best.0 && left > best.1) {
            *best = (cost, left);
        }
        if let Some((worth, price)) = self.bundles.get(kind) {
            let (mut bought, mut paid) = (bought, paid);
            self.buy(kind + 1, value, bought, paid, best);
            // Once everything is covered, more bundles only add cost.
            while bought < value && bought + worth <= self.most {
                bought += worth;
                paid += price;
                self.buy(kind + 1, value, bought, paid, best);
            }
        }
    }

    /// Bills consecutive months; unused credits carry over to the next. A month with only some
    /// known days costs that share of a whole month, because bundles are bought by the month.
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
                // Scale the savings, not the cost: without a bundle the cost is then exactly the
                // usage.
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

    /// Usage on some days of a November.
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
