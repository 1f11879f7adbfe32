//! The points of a sweep for a spreadsheet.

use super::{Point, Sweep, Value};
use crate::number::exact;
use crate::text::cell;
use crate::text::node::serde_name;

/// The header: one name per column.
const HEAD: &str = "value,input_tokens,output_tokens,model,outcome,rule,strength,need_pro,need_api,recommended_usd,pro_usd,api_usd,hybrid_usd,api_p10_usd,api_p90_usd,hybrid_p10_usd,hybrid_p90_usd,p_api_under_pro";

pub(super) fn render(sweep: &Sweep<'_>) -> String {
    let mut out = format!("{HEAD}\n");
    for point in &sweep.points {
        out.push_str(&row(point));
        out.push('\n');
    }
    out
}

fn row(point: &Point) -> String {
    let value = match &point.value {
        // The only column whose text comes from a price list.
        Value::Model(id) => inert(id),
        value => value.exact(),
    };
    let Ok(found) = &point.result else {
        // A point without a price has empty cells, never $0.
        let empty = ",".repeat(HEAD.matches(',').count());
        return format!("{value}{empty}");
    };
    let costs = &found.costs;
    let cells = [
        value,
        found.usage.volume.input.to_string(),
        found.usage.volume.output.to_string(),
        inert(&found.model_id),
        serde_name(&found.outcome),
        serde_name(&found.rule),
        serde_name(&found.strength),
        found.needs.pro.to_string(),
        found.needs.api.to_string(),
        exact(costs.of(found.outcome)),
        exact(costs.pro),
        exact(costs.api),
        exact(costs.hybrid),
        exact(costs.api_p10),
        exact(costs.api_p90),
        exact(costs.hybrid_p10),
        exact(costs.hybrid_p90),
        found.chance_under_pro.to_string(),
    ];
    cells.join(",")
}

/// Makes foreign text safe for a cell: one line, quoted if needed, with an apostrophe before
/// anything that a spreadsheet would read as a formula.
fn inert(text: &str) -> String {
    let text = cell::inert(text).into_owned();
    if text.contains([',', '"', ';']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        for (text, cell) in [
            ("claude-sonnet-5-5", "claude-sonnet-5-5"),
            ("=cmd()", "'=cmd()"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            (" =1", "' =1"),
            ("\t=1", "' =1"),
            ("a,b", "\"a,b\""),
            ("=\"x\",1", "\"'=\"\"x\"\",1\""),
            ("a\r\nb", "a  b"),
        ] {
            assert_eq!(inert(text), cell);
        }
    }
}
