// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON to the letter of RFC 8259, into maps, lists, strings, doubles, booleans and null. */
final class JsonReader {
    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value();
        reader.space();
        reader.ensure(reader.at == text.length(), "nothing more");
        return value;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    static List<Object> array(Object value) {
        return (List<Object>) value;
    }

    private Object value() {
        space();
        return switch (text.charAt(at)) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        space();
        while (text.charAt(at) != '}') {
            if (!object.isEmpty()) {
                take(',');
                space();
            }
            String name = string();
            take(':');
            ensure(!object.containsKey(name), "each name once, not again " + name);
            object.put(name, value());
            space();
        }
        at++;
        return object;
    }

    private List<Object> array() {
        List<Object> array = new ArrayList<>();
        at++;
        space();
        while (text.charAt(at) != ']') {
            if (!array.isEmpty()) {
                take(',');
            }
            array.add(value());
            space();
        }
        at++;
        return array;
    }

    private String string() {
        take('"');
        StringBuilder string = new StringBuilder();
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            ensure(c >= ' ', "no control character");
            string.append(c == '\\' ? escaped() : c);
        }
        at++;
        return string.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        ensure(c == '"' || c == '\\', "an escape");
        return c;
    }

    private Object word(String word, Object value) {
        ensure(text.startsWith(word, at), word);
        at += word.length();
        return value;
    }

    private Double number() {
        int begin = at;
        while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(begin, at);
        ensure(number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?"), "a number, not " + number);
        return Double.valueOf(number);
    }

    private void take(char expected) {
        space();
        ensure(text.charAt(at) == expected, "'" + expected + "'");
        at++;
    }

    private void space() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private void ensure(boolean truth, String expected) {
        if (!truth) {
            String place = text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40));
            throw new AssertionError("at " + at + " there should be " + expected + ": …" + place + "…");
        }
    }
}
