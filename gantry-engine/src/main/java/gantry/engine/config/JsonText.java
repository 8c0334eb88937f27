package gantry.engine.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import gantry.api.Problems;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON into maps and lists. Unlike a mapper it goes on after a field that is written twice,
 * and tells both places.
 */
final class JsonText {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(Limits.NESTING)
                  .maxTokenCount(Limits.TOKENS)
                  .maxNumberLength(Limits.NUMBER_DIGITS)
                  .maxStringLength(Limits.FILE_BYTES)
                  .maxDocumentLength(Limits.FILE_BYTES)
                  .build())
          .build();

  private final JsonParser parser;
  private final Problems problems;

  private JsonText(JsonParser parser, Problems problems) {
    this.parser = parser;
    this.problems = problems;
  }

  /** The object that is the whole text. */
  static Map<String, Object> read(String text, Mistakes mistakes, Problems problems) {
    if (text.length() > Limits.FILE_BYTES) {
      throw mistakes.fatal(ConfigFile.tooLarge(), null);
    }
    if (text.isBlank()) {
      throw mistakes.fatal("is empty; expected an object with a list 'components'", null);
    }
    try (JsonParser parser = FACTORY.createParser(text)) {
      return new JsonText(parser, problems).document(mistakes);
    } catch (JsonProcessingException e) {
      throw mistakes.fatal(SyntaxMessage.of(e, text), e);
    } catch (IOException e) {
      throw mistakes.fatal("cannot be read: " + e.getMessage(), e);
    }
  }

  private Map<String, Object> document(Mistakes mistakes) throws IOException {
    JsonToken first = parser.nextToken();
    if (first != JsonToken.START_OBJECT) {
      throw mistakes.fatal(
          "expected an object with a list 'components', found " + name(first), null);
    }
    Map<String, Object> root = object("");
    if (parser.nextToken() != null) {
      throw mistakes.fatal(
          "expected the end of the file at line %d, column %d, found more after the closing '}'"
              .formatted(
                  parser.currentTokenLocation().getLineNr(),
                  parser.currentTokenLocation().getColumnNr()),
          null);
    }
    return root;
  }

  /** A null stays in the map: whoever reads the field can tell what was expected there. */
  @SuppressWarnings("NullAway") // a map of JSON values, null included, in the types that Fields has
  private Map<String, Object> object(String place) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    Map<String, Integer> lines = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      String fieldPlace = place.isEmpty() ? field : place + "." + field;
      int line = parser.currentTokenLocation().getLineNr();
      Integer before = lines.putIfAbsent(field, line);
      if (before != null) {
        problems.add(fieldPlace, "written twice, at line " + before + " and at line " + line);
      }
      parser.nextToken();
      map.put(field, value(fieldPlace));
    }
    return map;
  }

  @SuppressWarnings("NullAway") // a null element is kept, as above
  private List<Object> list(String place) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(place + "[" + list.size() + "]"));
    }
    return list;
  }

  private @Nullable Object value(String place) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(place);
      case START_ARRAY -> list(place);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> fraction();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new IllegalStateException("unexpected token " + parser.currentToken());
    };
  }

  /** A double, except where that would show the user an infinity that he did not write. */
  private Number fraction() throws IOException {
    double number = parser.getDoubleValue();
    return Double.isInfinite(number) ? new BigDecimal(parser.getText()) : number;
  }

  private static String name(@Nullable JsonToken token) {
    return switch (token) {
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_NULL -> "null";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case null, default -> "nothing";
    };
  }
}
