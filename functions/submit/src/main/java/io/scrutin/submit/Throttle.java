package io.scrutin.submit;

import io.scrutin.credential.Nas;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Holds back whoever asks too often: by instance, by address, by NAS. */
@Singleton
final class Throttle {
  private static final int ADDRESS_SLOTS = 1 << 16;

  /**
   * 8 MiB. Of 2^16 slots each would have one voter in 12 s where 5,500 vote in a second, and the
   * five attempts of a slot's bucket come again one in 5 s: one honest voter of 900 was held back,
   * and one of 25 at 10,000 a second.
   */
  private static final int CREDENTIAL_SLOTS = 1 << 20;

  private static final String HMAC = "HmacSHA256";

  private final SubmitConfig config;
  private final LongSupplier nanoTime;
  private final RateGate instance;
  private final RateGate addresses;
  private final RateGate credentials;

  /**
   * Lives and dies with the process: which slot a key falls into is nobody's to choose, and no key
   * can be told from its slot.
   */
  private final SecretKeySpec slotKey;

  @Inject
  Throttle(SubmitConfig config) {
    this(config, System::nanoTime);
  }

  Throttle(SubmitConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    long now = nanoTime.getAsLong();
    int perInstance = Math.max(1, config.requestsPerSecond());
    int perAddress = Math.max(1, config.requestsPerAddressPerSecond());
    // One second's worth may come at once.
    this.instance = new RateGate(1, perInstance, perInstance, now);
    this.addresses = new RateGate(ADDRESS_SLOTS, perAddress, perAddress, now);
    this.credentials =
        new RateGate(
            CREDENTIAL_SLOTS,
            config.attemptsPerCredentialPerMinute() / 60.0,
            config.attemptsPerCredential(),
            now);
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.slotKey = new SecretKeySpec(key, HMAC);
  }

  /** How long this client must wait before it may ask again; zero when it may go on. */
  Duration admit(InetAddress client) {
    long now = nanoTime.getAsLong();
    long wait = 0;
    if (config.requestsPerAddressPerSecond() > 0 && !client.isLoopbackAddress()) {
      wait = addresses.take(slot(ClientAddress.countedAs(client)), now);
    }
    if (wait == 0 && config.requestsPerSecond() > 0) {
      wait = instance.take(0, now);
    }
    return Duration.ofNanos(wait);
  }

  /**
   * How long this attempt is held back before it goes on. It always does: a refusal would let
   * anybody who knows a NAS keep its owner from voting.
   */
  Duration holdBack(Nas nas) {
    long slot = slot(nas.digits().getBytes(StandardCharsets.US_ASCII));
    return Duration.ofNanos(
        credentials.borrow(slot, nanoTime.getAsLong(), config.attemptDelay().toNanos()));
  }

  private long slot(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(slotKey);
      return ByteBuffer.wrap(mac.doFinal(key)).getLong();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every JDK has HMAC-SHA-256", missing);
    }
  }
}
