package dev.sirocco.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.sirocco.model.json.Json;
import java.io.IOException;
import java.util.Map;

/** Writes a tree as part of an object. */
final class ChatJson {
    private ChatJson() {}

    static void write(JsonGenerator out, Json value) throws IOException {
        switch (value) {
            case Json.Null _ -> out.writeNull();
            case Json.Bool(boolean flag) -> out.writeBoolean(flag);
            case Json.Number(String literal) -> out.writeNumber(literal);
            case Json.Text(String text) -> out.writeString(text);
            case Json.Array(var values) -> {
                out.writeStartArray();
                for (Json element : values) {
                    write(out, element);
                }
                out.writeEndArray();
            }
            case Json.Object(var members) -> {
                out.writeStartObject();
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    out.writeFieldName(member.getKey());
                    write(out, member.getValue());
                }
                out.writeEndObject();
            }
        }
    }
}
