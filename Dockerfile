# Evenkeel's image. `mvn package` first, then `docker build -t evenkeel .`; no step needs a network.
# It needs no BuildKit either.

# The jar taken apart, and the program that trains the cache.
FROM eclipse-temurin:25-jdk AS layers
WORKDIR /build
COPY docker/unpack ./
COPY target/evenkeel-*.jar evenkeel.jar
RUN ./unpack evenkeel.jar
COPY docker/TrainAotCache.java .
RUN javac -d training TrainAotCache.java

# All but the cache. Training and serving share it to the bit: the JVM refuses a cache made beside other jars.
FROM eclipse-temurin:25-jre AS server
WORKDIR /opt/evenkeel
COPY target/opentelemetry-javaagent.jar ./
COPY --from=layers /build/native native/
COPY --from=layers /build/extracted/dependencies/ ./
COPY --from=layers /build/extracted/snapshot-dependencies/ ./
COPY models models/
COPY docker/entrypoint ./
COPY --from=layers /build/extracted/application/ ./

# Starts the server, sends each model its golden rows, and keeps what the JVM has loaded and linked meanwhile.
FROM server AS training
COPY --from=layers /build/training /training
# The budgets are wide, because a shed request would teach it little, and the machine may be busy.
RUN TRAIN_AOT_CACHE=yes java -cp /training TrainAotCache models 8080 8081 ./entrypoint \
      --evenkeel.admission.single-budget=60s --evenkeel.admission.batch-budget=60s --evenkeel.ops.drain-delay=0s

FROM server
COPY --from=training /opt/evenkeel/evenkeel.aot ./
# Load balancers need some seconds to notice; 5 s of them, and 15 s at most for the last requests, are less than the 30 s
# that Kubernetes waits before it kills.
ENV EVENKEEL_OPS_DRAIN_DELAY=5s
# The control state (evenkeel.state.url): the one place that is written to beside /tmp, and that should outlive the container.
RUN mkdir state && chown 10001:10001 state
VOLUME /opt/evenkeel/state
USER 10001:10001
EXPOSE 8080 8081
# No HEALTHCHECK: whoever runs it asks /actuator/health/liveness and /readiness on 8081.
ENTRYPOINT ["./entrypoint"]
