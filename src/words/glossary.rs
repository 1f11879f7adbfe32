//! The glossary: one source for the wizard's help, the appendix of a report and the guide.

/// Terms and their meaning here, in the order in which a newcomer meets them.
pub const TERMS: [(&str, &str); 25] = [
    (
        "Pro",
        "Anthropic's plan at one flat price a month: the Claude app and Claude Code, with usage limits.",
    ),
    ("API", "the way programs and other apps use Claude. You pay for each token."),
    ("Hybrid", "both: Pro for chat, and the API for work that runs by itself or in other apps."),
    ("Plan", "a subscription with one price a month, such as Free, Pro, Max or Ultra."),
    ("Max, Ultra", "larger plans than Pro, with higher limits at a higher price."),
    (
        "Usage limit",
        "the most that a plan lets you use. At the limit you wait for a reset, buy credits or use a lighter model.",
    ),
    (
        "Five-hour window",
        "the period of a plan's short limit. It opens with your first request and resets five hours later.",
    ),
    ("Weekly limit", "the second limit of a plan. It resets every seven days."),
    (
        "Usage credits",
        "money paid in advance that lets you continue past a plan's limit at API prices, without an API key.",
    ),
    ("Token", "a piece of a word. 100 English words are about 180 tokens, or 133 on older models."),
    (
        "Input",
        "what you send to Claude. Each message resends the whole chat, so input grows quickly.",
    ),
    ("Output", "what Claude writes. A token of output costs several times a token of input."),
    ("Cache", "input that was sent before and is read again at a lower price."),
    ("Batch", "requests that can wait up to a day, at half the price."),
    ("Thinking", "what a model writes for itself before it answers. It is billed as output."),
    ("API key", "a password that lets a program use the API and spend your credit."),
    (
        "Prepaid credit",
        "money you pay before you use the API. It expires after a year and is non-refundable.",
    ),
    (
        "Auto-reload",
        "a setting that buys new credit when the old runs out. Off means that the API stops instead.",
    ),
    ("Spend limit", "the most that an API account may spend in a month. You set it yourself."),
    ("Model", "a version of Claude, such as Haiku, Sonnet or Opus. Each has its own price."),
    ("Break-even", "the volume at which the API costs as much as Pro."),
    ("Estimate", "a figure worked out from your volume and dated prices. Your bill may differ."),
    ("Likely range", "the two amounts between which the bill falls in 8 of 10 months like yours."),
    ("API value", "what the same usage would cost on the API. It is a value, not a bill."),
    ("Strength", "how clear the recommendation is: clear, fairly clear or a close call."),
];
