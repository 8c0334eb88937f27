package gantry.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import gantry.api.ErrorCode;
import gantry.api.GantryException;
import java.io.PrintWriter;

/** Answers for programs: maps, lists, texts and numbers as one JSON document. */
final class JsonAnswer {
  private JsonAnswer() {}

  static void print(PrintWriter out, Object answer) {
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try {
      out.println(mapper.writeValueAsString(answer));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new GantryException(ErrorCode.INTERNAL, "cannot write the answer as JSON", e);
    }
  }
}
