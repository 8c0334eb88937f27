package gantry.proxy.http;

/** Why a message is not accepted: the status that the client gets for it, and one line of text. */
public enum Rejection {
  REQUEST_LINE(400, "the request line is not METHOD TARGET HTTP/1.1 with single spaces"),
  METHOD(400, "the method has other characters than capital letters, - and _"),
  TARGET(400, "the request target is not a path, an http URL or *"),
  TARGET_HOST(400, "the host of the request target is not that of the Host field"),
  LINE_END(400, "a line of the head does not end in CR LF"),
  CONTROL_CHARACTER(400, "a field contains a control character"),
  FOLDED(400, "a line of the head begins with a space"),
  FIELD_NAME(400, "a field's name is empty or has characters that names must not have"),
  NO_HOST(400, "there is no Host field"),
  SEVERAL_HOSTS(400, "there are several Host fields"),
  BAD_HOST(
      400,
      "the Host field is neither a name nor an address with or without a port, or is too long"),
  BAD_LENGTH(400, "Content-Length is not a plain number"),
  SEVERAL_LENGTHS(400, "there are several Content-Length fields"),
  LENGTH_AND_CODING(400, "there are Content-Length and Transfer-Encoding"),
  SEVERAL_CODINGS(400, "there are several Transfer-Encoding fields"),
  CODING_IN_OLD_VERSION(400, "there is Transfer-Encoding in HTTP/1.0"),
  BAD_CONNECTION(400, "the Connection field is not a list of names that it may name"),
  SEVERAL_UPGRADES(400, "there are several Upgrade fields"),
  BAD_CHUNK(400, "the chunked body is malformed"),
  BAD_TRAILER(400, "the chunked body ends in a trailer that is malformed or not allowed"),
  LINE_TOO_LONG(414, "the request line is longer than 16 KB"),
  HEAD_TOO_LONG(431, "the head is longer than 16 KB"),
  TOO_MANY_FIELDS(431, "the head has more than 128 fields"),
  CONNECT(501, "CONNECT is not served here"),
  UNKNOWN_CODING(501, "a transfer coding other than chunked is not served here"),
  VERSION(505, "only HTTP/1.0 and HTTP/1.1 are served here"),
  STATUS_LINE(502, "the answer's status line is malformed"),
  UNASKED_UPGRADE(502, "the answer changes the protocol, which was not asked for"),
  BODY_NOT_ALLOWED(502, "the answer has a body where none is allowed");

  private final int status;
  private final String reason;

  Rejection(int status, String reason) {
    this.status = status;
    this.reason = reason;
  }

  /** The status of the answer to a client whose request is rejected. */
  public int status() {
    return status;
  }

  /** One line for people. */
  public String reason() {
    return reason;
  }
}
