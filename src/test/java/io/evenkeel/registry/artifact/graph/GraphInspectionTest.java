package io.evenkeel.registry.artifact.graph;

import static io.evenkeel.registry.artifact.graph.TestModels.FLOAT;
import static io.evenkeel.registry.artifact.graph.TestModels.STRING;
import static io.evenkeel.registry.artifact.graph.TestModels.attribute;
import static io.evenkeel.registry.artifact.graph.TestModels.external;
import static io.evenkeel.registry.artifact.graph.TestModels.model;
import static io.evenkeel.registry.artifact.graph.TestModels.node;
import static io.evenkeel.registry.artifact.graph.TestModels.tensor;
import static io.evenkeel.registry.artifact.graph.TestModels.withInitializer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.evenkeel.contract.UnusableModelException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a graph is taken and what is refused, in graphs that are made by hand. */
class GraphInspectionTest {
  private static final long MOST = 1 << 20;
  private static final GraphInspection.Limits LIMITS = new GraphInspection.Limits(MOST, false);

  /** The files that tensors may take data from. */
  private static final Map<String, Long> FILES =
      Map.of("model.onnx", 100L, "w.bin", 64L, "weights/part.bin", 4096L);

  @TempDir private Path folder;

  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "locations",
    "extents",
    "sizes",
    "inlineData",
    "places",
    "operators",
    "doubled",
    "structures"
  })
  void refuses(String name, Proto model, String cause) throws IOException {
    Path graph = Files.write(folder.resolve("model.onnx"), model.toBytes());

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> GraphInspection.inspect(graph, FILES, LIMITS))
        .satisfies(refusal -> {
          assertThat(refusal.mistakes().getFirst().file()).isEqualTo("model.onnx");
          assertThat(refusal.mistakes()).allSatisfy(one -> assertThat(one.mend()).isNotBlank());
          assertThat(refusal.getMessage()).contains(cause).doesNotContain(folder.toString());
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sound")
  void takes(String name, Proto model) throws IOException {
    Path graph = Files.write(folder.resolve("model.onnx"), model.toBytes());

    assertThatCode(() -> GraphInspection.inspect(graph, FILES, LIMITS)).doesNotThrowAnyException();
  }

  private static Proto weights(String... keysAndValues) {
    return external(tensor("w", FLOAT, 4, 4), keysAndValues);
  }

  private static Arguments located(String name, String location, String cause) {
    return Arguments.of(name, withInitializer(weights("location", location)), cause);
  }

  static Stream<Arguments> locations() {
    return Stream.of(
        located("a traversal", "../w.bin", "`w` has a location that leads out, `../w.bin`"),
        located("one that ends inside", "weights/../w.bin", "leads out"),
        located("one in the middle", "weights/../../w.bin", "leads out"),
        located("the parent", "..", "leads out"),
        located("an absolute path", "/etc/passwd", "absolute location, `/etc/passwd`"),
        located("a share", "//host/w.bin", "absolute"),
        located("Windows' separators", "..\\w.bin", "backslash"),
        located("Windows' separators inside", "weights\\part.bin", "backslash"),
        located("a drive", "C:/w.bin", "absolute"),
        located("a drive's own folder", "c:w.bin", "absolute"),
        located("a URL", "file:///etc/passwd", "no file of the folder"),
        located("a missing file", "v.bin", "`v.bin`, which is no file of the folder"),
        located("a folder", "weights", "no file of the folder"),
        located("the manifest", "manifest.json", "no file of the folder"),
        located("no location's text", "", "without a location"),
        located("an end within", "w.bin\0.txt", "control characters"),
        located("an address in memory", "*/_ORT_MEM_ADDR_/*", "address in the server's memory"),
        located("another case", "W.bin", "no file of the folder"),
        Arguments.of("no location", withInitializer(weights("offset", "0")), "without a location"),
        Arguments.of(
            "two locations",
            withInitializer(weights("location", "w.bin", "location", "../w.bin")),
            "`location` twice"),
        Arguments.of(
            "an unknown key",
            withInitializer(weights("location", "w.bin", "prepacked_0", "x")),
            "key that ONNX doesn't know"));
  }

  private static Arguments placed(String name, String offset, String length, String cause) {
    return Arguments.of(
        name,
        withInitializer(weights("location", "w.bin", "offset", offset, "length", length)),
        cause);
  }

  static Stream<Arguments> extents() {
    return Stream.of(
        placed("an offset beyond the end", "65", "64", "which has 64 bytes"),
        placed("an end beyond the end", "1", "64", "which has 64 bytes"),
        placed("the largest offset", "999999999999999999", "64", "which has 64 bytes"),
        placed("an offset that is no long", "9223372036854775808", "64", "not negative"),
        placed("a negative offset", "-64", "64", "offset `-64`"),
        placed("a negative length", "0", "-64", "length `-64`"),
        placed("an offset with a sign", "+0", "64", "offset `+0`"),
        placed("an offset in hexadecimal", "0x0", "64", "offset `0x0`"),
        placed("an empty offset", "", "64", "offset ``"),
        placed("a shorter length", "0", "60", "has 60 bytes of external data, but needs 64"),
        placed("a longer length", "0", "68", "has 68 bytes of external data, but needs 64"),
        placed("no length", "0", "0", "has 0 bytes"),
        Arguments.of(
            "more than the file, without a length",
            withInitializer(external(tensor("w", FLOAT, 17), "location", "w.bin")),
            "which has 64 bytes"));
  }

  private static Arguments sized(String name, String cause, long... dims) {
    Proto tensor = external(tensor("w", FLOAT, dims), "location", "w.bin");
    return Arguments.of(name, withInitializer(tensor), cause);
  }

  static Stream<Arguments> sizes() {
    Proto many = new Proto().put(2, "g");
    for (int i = 0; i < 20_000; i++) {
      many.put(5, weights("location", "w.bin"));
    }
    Proto sparse =
        new Proto()
            .put(1, tensor("s", FLOAT, 1).put(9, new byte[4]))
            .put(2, tensor("i", 7, 1).put(9, new byte[8]))
            .put(3, 1L << 40);
    return Stream.of(
        sized("more than is allowed", "declares more than 1048576 bytes", 1 << 20),
        sized("dimensions that overflow", "which no tensor has", 1L << 40, 1L << 40),
        sized("bytes that overflow", "declares more than", Long.MAX_VALUE),
        sized("dimensions that overflow to a small number", "no tensor has", 1L << 32, 1L << 32, 4),
        sized("a negative dimension", "[-4]", -4),
        sized("two negative dimensions", "[-4, -4]", -4, -4),
        Arguments.of(
            "inline, and huge",
            withInitializer(tensor("w", FLOAT, 1L << 50).put(9, new byte[4])),
            "declares more than"),
        Arguments.of(
            "texts, and huge",
            withInitializer(tensor("w", STRING, 1L << 30)),
            "declares more than"),
        Arguments.of("many tensors of one file", model(many), "declares more than"),
        Arguments.of(
            "a sparse initializer that is huge",
            model(new Proto().put(15, sparse)),
            "declares more than"),
        Arguments.of(
            "a sparse attribute that is huge",
            model(new Proto().put(1, node("", "Constant").put(5, new Proto().put(22, sparse)))),
            "declares more than"));
  }

  private static Arguments inline(String name, Proto tensor, String cause) {
    return Arguments.of(name, withInitializer(tensor), cause);
  }

  static Stream<Arguments> inlineData() {
    return Stream.of(
        inline("no data", tensor("w", FLOAT, 4), "isn't what it needs"),
        inline("too few bytes", tensor("w", FLOAT, 4).put(9, new byte[15]), "15 bytes of data"),
        inline("too many bytes", tensor("w", FLOAT, 4).put(9, new byte[20]), "20 bytes of data"),
        inline(
            "too few floats", tensor("w", FLOAT, 4).putFixed(4, 1).putFixed(4, 1), "has 2 numbers"),
        inline("too few packed floats", tensor("w", FLOAT, 4).put(4, new byte[8]), "has 2 numbers"),
        inline("half a float", tensor("w", FLOAT, 1).put(4, new byte[6]), "ends within one"),
        inline("too few integers", tensor("w", 7, 3).put(7, 1).put(7, 2), "has 2 numbers"),
        inline(
            "too few packed integers",
            tensor("w", 7, 3).put(7, new byte[] {1, (byte) 0x80, 1}),
            "has 2 numbers"),
        inline("integers of another list", tensor("w", FLOAT, 1).put(7, 1), "isn't what it needs"),
        inline("two lists", tensor("w", 7, 2).put(7, 1).put(5, 1), "lists of different types"),
        inline("too few texts", tensor("w", STRING, 2).put(6, "a"), "has 1 numbers or texts"),
        inline("texts as raw bytes", tensor("w", STRING, 1).put(9, "a"), "isn't what it needs"),
        inline(
            "data twice",
            tensor("w", FLOAT, 1).put(9, new byte[4]).putFixed(4, 1),
            "has its data twice"),
        inline("an unknown type", tensor("w", 99, 1).put(9, new byte[4]), "element type 99"),
        inline("no type", new Proto().put(1, 1).put(9, new byte[4]), "element type 0"),
        inline("segments", tensor("w", FLOAT, 1).put(3, new Proto()), "segments"),
        inline(
            "data here and beside",
            weights("location", "w.bin").put(9, new byte[64]),
            "both in the graph and beside it"),
        inline(
            "a place without saying so",
            tensor("w", FLOAT, 1)
                .put(9, new byte[4])
                .put(13, new Proto().put(1, "location").put(2, "../w.bin")),
            "not that they are external"),
        inline(
            "an unknown place", tensor("w", FLOAT, 1).put(9, new byte[4]).put(14, 2), "external"),
        inline(
            "external texts",
            external(tensor("w", STRING, 1), "location", "w.bin"),
            "texts as external data"));
  }

  /** The same bad tensor wherever a graph may hold one. */
  static Stream<Arguments> places() {
    Proto bad = weights("location", "../w.bin");
    Proto badNode = node("", "Constant").put(5, attribute(bad));
    Proto badGraph = new Proto().put(5, bad);
    Proto sparse = new Proto().put(1, bad).put(2, tensor("i", 7, 1).put(9, new byte[8])).put(3, 4);
    Proto empty = new Proto().put(2, "g");
    return Stream.of(
            Arguments.of("an attribute", model(new Proto().put(1, badNode))),
            Arguments.of(
                "a list of tensors",
                model(new Proto().put(1, node("", "If").put(5, new Proto().put(10, bad))))),
            Arguments.of(
                "a sub-graph",
                model(new Proto().put(1, node("", "If").put(5, new Proto().put(6, badGraph))))),
            Arguments.of(
                "a node of a sub-graph",
                model(
                    new Proto()
                        .put(
                            1,
                            node("", "If")
                                .put(5, new Proto().put(6, new Proto().put(1, badNode)))))),
            Arguments.of(
                "a list of graphs",
                model(new Proto().put(1, node("", "If").put(5, new Proto().put(11, badGraph))))),
            Arguments.of("a sparse initializer", model(new Proto().put(15, sparse))),
            Arguments.of(
                "a sparse initializer's places",
                model(
                    new Proto()
                        .put(
                            15,
                            new Proto()
                                .put(1, tensor("v", FLOAT, 1).put(9, new byte[4]))
                                .put(2, bad)
                                .put(3, 4)))),
            Arguments.of(
                "a sparse attribute",
                model(
                    new Proto().put(1, node("", "Constant").put(5, new Proto().put(22, sparse))))),
            Arguments.of(
                "a list of sparse tensors",
                model(new Proto().put(1, node("", "C").put(5, new Proto().put(23, sparse))))),
            Arguments.of(
                "a function",
                model(empty).put(25, new Proto().put(1, "f").put(10, "d").put(7, badNode))),
            Arguments.of(
                "a function's default",
                model(empty).put(25, new Proto().put(1, "f").put(11, attribute(bad)))),
            Arguments.of("a training's start", model(empty).put(20, new Proto().put(1, badGraph))),
            Arguments.of("a training's step", model(empty).put(20, new Proto().put(2, badGraph))))
        .map(one -> Arguments.of(one.get()[0], one.get()[1], "location that leads out"));
  }

  static Stream<Arguments> operators() {
    Proto inside = new Proto().put(6, new Proto().put(1, node("evil", "Run")));
    Proto function = new Proto().put(1, "Twice").put(10, "mine").put(7, node("evil", "Run"));
    return Stream.of(
        Arguments.of(
            "of a foreign domain",
            model(new Proto().put(1, node("evil", "Run"))),
            "the operator `Run` of the domain `evil`"),
        Arguments.of(
            "in a sub-graph", model(new Proto().put(1, node("", "If").put(5, inside))), "`evil`"),
        Arguments.of("in a function", model(new Proto().put(2, "g")).put(25, function), "`evil`"),
        Arguments.of(
            "of a domain with another function",
            model(new Proto().put(1, node("mine", "Thrice"))).put(25, function),
            "`Thrice`"),
        Arguments.of(
            "with a name without end",
            model(new Proto().put(1, node("evil", "x".repeat(2000)))),
            "a name is longer"));
  }

  /** What protobuf would merge, or take the last of. */
  static Stream<Arguments> doubled() {
    Proto half = tensor("w", FLOAT, 4, 4).put(13, new Proto().put(1, "location").put(2, "../w"));
    Proto rest = new Proto().put(14, 1);
    return Stream.of(
        Arguments.of(
            "a tensor in halves",
            model(
                new Proto()
                    .put(1, node("", "Constant").put(5, new Proto().put(5, half).put(5, rest)))),
            "an attribute has its field 5 twice"),
        Arguments.of(
            "two graphs", model(new Proto().put(2, "g")).put(7, new Proto()), "the model has its"),
        Arguments.of(
            "two types", withInitializer(tensor("w", FLOAT, 0).put(2, 7)), "a tensor has its"),
        Arguments.of(
            "two raw data",
            withInitializer(tensor("w", FLOAT, 1).put(9, new byte[4]).put(9, new byte[4])),
            "a tensor has its"),
        Arguments.of(
            "two domains",
            model(new Proto().put(1, node("", "Run").put(7, "evil"))),
            "a node has its"));
  }

  private static Proto nested(int depth) {
    Proto graph = new Proto().put(2, "g");
    for (int i = 0; i < depth; i++) {
      graph = new Proto().put(1, node("", "If").put(5, new Proto().put(6, graph)));
    }
    return model(graph);
  }

  static Stream<Arguments> structures() {
    String damaged = "the graph can't be loaded: ";
    return Stream.of(
        Arguments.of("nothing", new Proto(), damaged + "there is no graph"),
        Arguments.of("no graph", new Proto().put(1, 8), damaged + "there is no graph"),
        Arguments.of("deep nesting", nested(40), damaged + "it is nested deeper"),
        Arguments.of("very deep nesting", nested(2000), damaged + "it is nested deeper"),
        Arguments.of(
            "a cut", new Proto().putCut(7, 100, new byte[10]), damaged + "a field reaches"),
        Arguments.of(
            "a cut within",
            model(new Proto().putCut(5, 100, new byte[10])),
            damaged + "a field reaches"),
        Arguments.of(
            "a negative length", new Proto().putCut(7, -1, new byte[10]), damaged + "a field"),
        Arguments.of("a graph that is a number", new Proto().put(7, 1), damaged + "field 7"),
        Arguments.of("a group", new Proto().putGroup(7), damaged + "it has a group"),
        Arguments.of("an unknown group", new Proto().putGroup(99), damaged + "it has a group"),
        Arguments.of(
            "a name that isn't UTF-8",
            withInitializer(tensor("w", FLOAT, 1).put(8, new byte[] {-1})),
            ""),
        Arguments.of(
            "a sparse tensor without values",
            model(new Proto().put(15, new Proto().put(3, 4))),
            damaged + "a sparse tensor"));
  }

  static Stream<Arguments> sound() {
    Proto sparse =
        new Proto()
            .put(1, tensor("s", FLOAT, 1).put(9, new byte[4]))
            .put(2, tensor("i", 7, 1).put(9, new byte[8]))
            .put(3, 100);
    Proto function = new Proto().put(1, "Twice").put(10, "mine").put(7, node("", "Add"));
    return Stream.of(
        Arguments.of("external data", withInitializer(weights("location", "w.bin"))),
        Arguments.of("with a dot", withInitializer(weights("location", "./w.bin"))),
        Arguments.of(
            "with all keys",
            withInitializer(
                weights(
                    "location", "w.bin", "offset", "0", "length", "64", "checksum", "deadbeef"))),
        Arguments.of(
            "in a sub-folder",
            withInitializer(weights("location", "weights/part.bin", "offset", "4032"))),
        Arguments.of("raw data", withInitializer(tensor("w", FLOAT, 2).put(9, new byte[8]))),
        Arguments.of("a scalar", withInitializer(tensor("w", FLOAT).put(9, new byte[4]))),
        Arguments.of("no elements", withInitializer(tensor("w", FLOAT, 0, 5))),
        Arguments.of("floats", withInitializer(tensor("w", FLOAT, 2).put(4, new byte[8]))),
        Arguments.of("texts", withInitializer(tensor("w", STRING, 2).put(6, "a").put(6, ""))),
        Arguments.of("three of four bits", withInitializer(tensor("w", 22, 3).put(9, new byte[2]))),
        Arguments.of("halves as integers", withInitializer(tensor("w", 10, 2).put(5, 1).put(5, 2))),
        Arguments.of("complex", withInitializer(tensor("w", 14, 2).put(4, new byte[16]))),
        Arguments.of("sparse", model(new Proto().put(15, sparse))),
        Arguments.of(
            "a function used before it is defined",
            model(new Proto().put(1, node("mine", "Twice"))).put(25, function)),
        Arguments.of("own domains", model(new Proto().put(1, node("com.microsoft", "FusedGemm")))),
        Arguments.of("nesting", nested(20)),
        Arguments.of("unknown fields", model(new Proto().put(2, "g").put(99, "x").put(98, 5))));
  }

  @Test
  void takesOperatorsThatALibraryMayBring() throws IOException {
    Proto model = model(new Proto().put(1, node("custom", "Run")));
    Path graph = Files.write(folder.resolve("model.onnx"), model.toBytes());
    GraphInspection.Limits limits = new GraphInspection.Limits(MOST, true);

    assertThatCode(() -> GraphInspection.inspect(graph, FILES, limits)).doesNotThrowAnyException();
  }

  @Test
  void tellsOfManyMistakesTheFirst() throws IOException {
    Proto graph = new Proto();
    for (int i = 0; i < 1000; i++) {
      graph.put(5, weights("location", "../w.bin"));
    }
    Path file = Files.write(folder.resolve("model.onnx"), model(graph).toBytes());

    assertThatExceptionOfType(UnusableModelException.class)
        .isThrownBy(() -> GraphInspection.inspect(file, FILES, LIMITS))
        .satisfies(refusal -> assertThat(refusal.mistakes()).hasSize(21));
  }

  static List<Path> realGraphs() throws IOException {
    try (Stream<Path> models = Files.walk(Path.of("models"));
        Stream<Path> tests = Files.walk(Path.of("src/test/resources/graphs"))) {
      return Stream.concat(models, tests)
          .filter(file -> file.toString().endsWith(".onnx"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("realGraphs")
  void takesGraphsThatToolsHaveMade(Path graph) {
    GraphInspection.Limits limits = new GraphInspection.Limits(1L << 30, false);

    assertThatCode(() -> GraphInspection.inspect(graph, Map.of(), limits))
        .doesNotThrowAnyException();
  }

  @Test
  void neverFailsOtherwiseThanByRefusing() throws IOException {
    byte[] sound = Files.readAllBytes(Path.of("src/test/resources/graphs/types.onnx"));
    Path graph = folder.resolve("model.onnx");
    for (int length = 0; length < sound.length; length++) {
      Files.write(graph, Arrays.copyOf(sound, length));
      inspectAnyhow(graph);
    }
    Random random = new Random(1);
    for (int i = 0; i < 5000; i++) {
      byte[] damaged = sound.clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(graph, damaged);
      inspectAnyhow(graph);
    }
  }

  private static void inspectAnyhow(Path graph) {
    try {
      GraphInspection.inspect(graph, FILES, LIMITS);
    } catch (UnusableModelException e) {
      assertThat(e.mistakes()).isNotEmpty();
    }
  }

  /** The weights are a hole in the file: what is passed over isn't read. */
  @Test
  void inspectsHalfAGigabyteAtOnceAndInLittleMemory() throws IOException {
    int weights = 500_000_000;
    Path graph = folder.resolve("model.onnx");
    byte[] head = tensor("w", FLOAT, weights / Float.BYTES).toBytes();
    int rawField = 1 + 5;
    int tensorBytes = head.length + rawField + weights;
    int graphBytes = 1 + 5 + tensorBytes;
    byte[] start =
        new Proto()
            .putCut(7, graphBytes, new Proto().putCut(5, tensorBytes, head).toBytes())
            .putCut(9, weights, new byte[0])
            .toBytes();
    try (FileChannel file =
        FileChannel.open(graph, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(start));
      file.write(ByteBuffer.wrap(new byte[1]), start.length + weights - 1L);
    }
    GraphInspection.Limits limits = new GraphInspection.Limits(1L << 30, false);
    GraphInspection.inspect(graph, Map.of(), limits);

    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = thread.getCurrentThreadAllocatedBytes();
    long begun = System.nanoTime();
    GraphInspection.inspect(graph, Map.of(), limits);

    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(thread.getCurrentThreadAllocatedBytes() - allocated).isLessThan(4L << 20);
  }
}
