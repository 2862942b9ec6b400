// Generated texts: words, all scripts, emoji, white space, digits, and what looks like control tokens.

const BLOCKS = [
    [0x20, 0x7e], [0xa0, 0x24f], [0x370, 0x3ff], [0x400, 0x52f], [0x530, 0x58f], [0x590, 0x5ff], [0x600, 0x6ff],
    [0x900, 0x97f], [0xb80, 0xbff], [0xe00, 0xe7f], [0x10a0, 0x10ff], [0x1100, 0x11ff], [0x1200, 0x137f],
    [0x1e00, 0x1fff], [0x2000, 0x206f], [0x2070, 0x21ff], [0x2200, 0x22ff], [0x2460, 0x24ff], [0x2500, 0x27bf],
    [0x3040, 0x30ff], [0x4e00, 0x9fff], [0xac00, 0xd7a3], [0xe000, 0xe0ff], [0xfb00, 0xfdff], [0xff00, 0xffdc],
    [0x10330, 0x1034a], [0x1d400, 0x1d7ff], [0x1f300, 0x1faff], [0x20000, 0x200ff], [0xe0100, 0xe01ef],
];
const WORDS = (
    "the of and wind storm Mistral Größe naïve être 日本語 中文字符 Привет مرحبا שלום हिन्दी ไทย 한국어 Ελληνικά ქართული " +
    "İıŞş ǅ ǆ ﬁ µ ª ʰ \u0301 \u0308 ⁿ ² ½ Ⅷ ① ٣ iPhone HTML XMLHttpRequest snake_case don't I'm we'll x=1; " +
    "if(a<b){return;} /* c */ http://www.example.com/a?b=c&d=%20 user@host.org C:\\dir #tag $5.00 10,000 3.14159 1e-9 " +
    "0xFF 1234567890 <s> </s> <unk> <pad> [INST] [/INST] [TOOL_CALLS] [AVAILABLE_TOOLS] [SYSTEM_PROMPT] [THINK] [ARGS] " +
    "<0x0A> <0xFF> <SPECIAL_20> [control_8] ▁ ▁▁ Ġ Ċ"
).split(" ");
const EMOJI = ["👨‍👩‍👧‍👦", "👩🏽‍💻", "🏳️‍🌈", "🇫🇷", "🇯🇵🇩🇪", "☺️", "👍🏿", "❤️‍🔥", "#️⃣", "🫠", "\u200d", "\ufe0f"];
// Not U+0085 and U+FEFF: JavaScript's regular expressions differ from tiktoken's about them.
const WHITE = [
    " ", "  ", "   ", "        ", "\t", "\n", "\n\n", "\r\n", "\r", "\t\t", " \n", " \n ", "\n \n", "\u00a0", "\u2003",
    "\u3000", "\u2028", "\u200b", "\v", "\f", "\x1c", "\0",
];

// A generator of numbers from 0 to 1 that gives the same ones everywhere (mulberry32).
function numbers(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let x = Math.imul(state ^ (state >>> 15), state | 1);
        x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
        return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
    };
}

export function* texts(count, seed) {
    const random = numbers(seed);
    const below = (n) => Math.floor(random() * n);
    const pick = (list) => list[below(list.length)];
    const fromBlock = () => {
        const [from, to] = pick(BLOCKS);
        return Array.from({ length: 1 + below(11) }, () => String.fromCodePoint(from + below(to - from + 1))).join("");
    };
    const parts = [
        () => pick(WORDS), () => pick(WORDS), () => pick(WORDS), () => pick(WHITE), () => pick(EMOJI), fromBlock,
        () => String(below(10 ** (1 + below(12)))),
        () => pick([..."!?.,;:-_/\\|'\"`~@#$%^&*()[]{}<>+="]).repeat(1 + below(5)),
        () => pick([" ", "\n", "a", "A", "é", "日", "\t", "0", "/", "."]).repeat(pick([1, 2, 3, 7, 16, 33, 100])),
        () => pick([pick(WORDS).toUpperCase(), pick(WORDS).toLowerCase()]),
    ];
    for (let i = 0; i < count; i++) {
        let text = "";
        for (let length = pick([1, 2, 3, 5, 8, 13, 30]); length > 0; length--) {
            text += pick(parts)() + (random() < 0.5 ? pick([" ", " ", " ", "\n", "  "]) : "");
        }
        yield text;
    }
}
