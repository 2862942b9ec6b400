package dev.sirocco.model.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TekkenWordsTest {
    private static final Pattern EXPRESSION = Pattern.compile(TekkenWords.PATTERN, Pattern.UNICODE_CHARACTER_CLASS);

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        TekkenWords cutter = new TekkenWords(text);
        for (int from = 0, to; from < text.length(); from = to) {
            to = cutter.end(from);
            words.add(text.substring(from, to));
        }
        return words;
    }

    private static List<String> byExpression(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = EXPRESSION.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    @Test
    void textIsCutAsTheExpressionSays() {
        assertEquals(List.of("The", " wind", ",", " ", "1", "2"), words("The wind, 12"));
        assertEquals(List.of("XMLHttp", "Request"), words("XMLHttpRequest"));
        assertEquals(List.of("HTML", " don", "'t"), words("HTML don't"));
        assertEquals(List.of("a", "  ", " b", " \n\n", " ", " c", "  "), words("a   b \n\n  c  "));
        assertEquals(List.of("/*", " x", " */\n\n", "http", "://", "a"), words("/* x */\n\nhttp://a"));
        assertEquals(List.of("\u0301", "ABC"), words("\u0301ABC"));
        assertEquals(List.of("日本語", "!"), words("日本語!"));
    }

    @Test
    void equalsTheExpressionOnRandomTexts() {
        // One or two of each class that the expression knows, and neighbours of its borders.
        int[] alphabet = "aZǅʰª日\u0301\u20dd1Ⅷ²\r\n\t \u0085\u00a0\u2028\u3000!/'-\u200d\ufe0f\u001c\ufeff"
                .codePoints()
                .toArray();
        Random random = new Random(31);
        for (int i = 0; i < 60_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(14); length > 0; length--) {
                int any = random.nextInt(Character.MAX_CODE_POINT + 1);
                boolean surrogate = any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE;
                text.appendCodePoint(
                        random.nextInt(20) > 0 || surrogate ? alphabet[random.nextInt(alphabet.length)] : any);
            }
            assertEquals(byExpression(text.toString()), words(text.toString()));
        }
    }

    @Test
    @Timeout(30)
    void anyMegabyteTakesLinearTime() {
        int length = 1 << 20;
        for (String part : List.of(
                "a",
                "A",
                "日",
                "\u0301",
                "0",
                " ",
                "\n",
                "!",
                "/",
                "\t",
                " \n",
                "A\u0301",
                "aA",
                "!\n",
                "日A",
                "\u0301A",
                " A",
                "\r ",
                "'s",
                "\ud83d\ude42",
                "\u200d\ufe0f")) {
            String text = part.repeat(length / part.length());
            assertEquals(
                    text.length(), words(text).stream().mapToInt(String::length).sum(), part);
            // What made the end of a long run look different from its beginning.
            String tail = text + "A1";
            assertEquals(
                    tail.length(), words(tail).stream().mapToInt(String::length).sum(), part);
        }
    }
}
