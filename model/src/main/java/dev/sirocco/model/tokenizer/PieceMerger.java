package dev.sirocco.model.tokenizer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts one text into pieces by byte-pair encoding: from its characters, the two neighbours whose union has the highest
 * score are joined, over and over. The pieces are a linked list over the text; a piece is known by where it begins.
 * Every join makes two proposals at most, so there are {@code O(n)} of them in the queue. Source: {@code bpe_model.cc}
 * of SentencePiece.
 */
final class PieceMerger {
    /** Takes the pieces of a text in order. */
    @FunctionalInterface
    interface Output {
        /**
         * Takes a piece.
         *
         * @param id the token, -1 when the vocabulary does not spell the piece
         */
        void piece(int id, int from, int to);
    }

    private static final int NONE = -1;

    private final Vocabulary vocabulary;
    private final PieceTable table;
    private final String text;
    /** By where a piece begins: where it ends, 0 when no piece begins there (any more). */
    private final int[] end;
    /** By where a piece begins: where the one before it begins. */
    private final int[] previous;
    /** By where a piece begins: whether it takes part in no merge. */
    private final boolean[] frozen;

    private final MergeQueue queue = new MergeQueue();
    /** Of tokens that are only steps on the way, how long the left one of the two parts was. */
    private final Map<Integer, Integer> leftLengthOfStep = new HashMap<>();

    PieceMerger(Vocabulary vocabulary, PieceTable table, UserDefinedPieces userDefined, String text) {
        this.vocabulary = vocabulary;
        this.table = table;
        this.text = text;
        end = new int[text.length() + 1];
        previous = new int[text.length() + 1];
        frozen = new boolean[text.length() + 1];
        int before = NONE;
        for (int from = 0; from < text.length(); from = end[from]) {
            int length = userDefined.lengthAt(text, from);
            frozen[from] = length > 0;
            end[from] = from + (length > 0 ? length : Character.charCount(text.codePointAt(from)));
            previous[from] = before;
            before = from;
        }
    }

    void merge(Output output) {
        for (int left = 0; left < text.length(); left = end[left]) {
            propose(left);
        }
        while (!queue.isEmpty()) {
            int left = queue.left();
            int right = end[left];
            int length = vocabulary.piece(queue.id()).length();
            queue.remove();
            // A proposal is stale when either side has meanwhile been joined to something: pieces only grow.
            if (right > 0 && right < text.length() && end[right] - left == length) {
                end[left] = end[right];
                end[right] = 0;
                if (end[left] < text.length()) {
                    previous[end[left]] = left;
                }
                if (previous[left] != NONE) {
                    propose(previous[left]);
                }
                propose(left);
            }
        }
        for (int from = 0; from < text.length(); from = end[from]) {
            emit(from, end[from], output);
        }
    }

    /** Proposes to join the piece at {@code left} and the next one, if the vocabulary has their union. */
    private void propose(int left) {
        int right = end[left];
        if (right == text.length() || frozen[left] || frozen[right] || end[right] - left > table.maxLength()) {
            return;
        }
        int id = table.find(text, left, end[right]);
        if (id != NONE) {
            queue.add(vocabulary.score(id), left, id);
            if (vocabulary.type(id) == TokenType.UNUSED) {
                leftLengthOfStep.put(id, right - left);
            }
        }
    }

    /** Gives a piece out, cut again as long as it is one that is only a step on the way. */
    private void emit(int from, int to, Output output) {
        int id = table.find(text, from, to);
        if (!isStep(id)) {
            output.piece(id, from, to);
            return;
        }
        Deque<Span> ahead = new ArrayDeque<>(List.of(new Span(from, to, id)));
        while (!ahead.isEmpty()) {
            Span span = ahead.pop();
            if (isStep(span.id())) {
                int middle = span.from() + leftLengthOfStep.get(span.id());
                ahead.push(span(middle, span.to()));
                ahead.push(span(span.from(), middle));
            } else {
                output.piece(span.id(), span.from(), span.to());
            }
        }
    }

    private record Span(int from, int to, int id) {}

    private Span span(int from, int to) {
        return new Span(from, to, table.find(text, from, to));
    }

    private boolean isStep(int id) {
        return id != NONE && vocabulary.type(id) == TokenType.UNUSED && leftLengthOfStep.containsKey(id);
    }
}
