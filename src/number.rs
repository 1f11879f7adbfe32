//! Numbers as people write and read them: token counts, money, percentages.
