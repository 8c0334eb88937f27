package gantry.proxy.traffic.desync;

import java.util.List;

/**
 * A server's habits where requests are malformed or ambiguous. The lenient ones are real habits,
 * found in servers and in the papers on request smuggling, put together so that they disagree.
 *
 * @param both which field counts when a request has a length and a coding
 * @param codingBefore11 whether an HTTP/1.0 request can be chunked
 */
record Dialect(
    String name,
    LineEnds lineEnds,
    Folds folds,
    Names names,
    Both both,
    Lengths lengths,
    Codings codings,
    Sizes sizes,
    boolean codingBefore11) {
  /** What ends a line. */
  enum LineEnds {
    CRLF,
    LF_TOO,
    CR_TOO
  }

  /** A line of the head that begins with a blank. */
  enum Folds {
    REFUSED,
    JOINED,
    A_FIELD
  }

  /** Field names with something that does not belong there. */
  enum Names {
    STRICT,
    TRIMMED,
    AS_IS
  }

  /** A length and a coding at once. */
  enum Both {
    REFUSED,
    CODING,
    LENGTH
  }

  /** Several lengths, and numbers that are none. */
  enum Lengths {
    ONE_NUMBER,
    FIRST,
    LAST
  }

  /** What counts as chunked. */
  enum Codings {
    EXACT,
    CONTAINED,
    LAST_WORD
  }

  /** How the size of a chunk is read, and what follows its bytes. */
  enum Sizes {
    STRICT,
    LEADING_DIGITS,
    SCANNED
  }

  /** Refuses whatever RFC 9112 lets a server refuse. */
  static final Dialect STRICT =
      new Dialect(
          "strict",
          LineEnds.CRLF,
          Folds.REFUSED,
          Names.STRICT,
          Both.REFUSED,
          Lengths.ONE_NUMBER,
          Codings.EXACT,
          Sizes.STRICT,
          false);

  /** Looks for "chunked" anywhere, and believes it. */
  static final Dialect CODING_FIRST =
      new Dialect(
          "coding first",
          LineEnds.LF_TOO,
          Folds.JOINED,
          Names.TRIMMED,
          Both.CODING,
          Lengths.FIRST,
          Codings.CONTAINED,
          Sizes.LEADING_DIGITS,
          true);

  /** Believes a length, the last one; takes a bare CR for the end of a line. */
  static final Dialect LENGTH_FIRST =
      new Dialect(
          "length first",
          LineEnds.CR_TOO,
          Folds.A_FIELD,
          Names.TRIMMED,
          Both.LENGTH,
          Lengths.LAST,
          Codings.LAST_WORD,
          Sizes.SCANNED,
          false);

  /** Knows fields by their exact names only, so that a misspelt one does not count. */
  static final Dialect LITERAL =
      new Dialect(
          "literal",
          LineEnds.LF_TOO,
          Folds.A_FIELD,
          Names.AS_IS,
          Both.CODING,
          Lengths.LAST,
          Codings.LAST_WORD,
          Sizes.LEADING_DIGITS,
          true);

  /** The ones that refuse nothing. */
  static final List<Dialect> LENIENT = List.of(CODING_FIRST, LENGTH_FIRST, LITERAL);
}
