package io.scrutin.submit;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whom a request comes from. {@code X-Forwarded-For} is anybody's claim, so it is read only
 * when the connection comes from a proxy that we trust, and only back to the first address that we
 * do not.
 */
final class ClientAddress {
  private final List<AddressRange> trustedProxies;

  ClientAddress(List<AddressRange> trustedProxies) {
    this.trustedProxies = List.copyOf(trustedProxies);
  }

  InetAddress of(InetAddress peer, @Nullable String forwardedFor) {
    InetAddress client = peer;
    if (forwardedFor == null) {
      return client;
    }
    String[] hops = forwardedFor.split(",", -1);
    for (int hop = hops.length - 1; hop >= 0 && isTrusted(client); hop--) {
      Optional<InetAddress> before = AddressRange.literal(hops[hop]);
      if (before.isEmpty()) {
        return client;
      }
      client = before.get();
    }
    return client;
  }

  /** Whoever holds an IPv6 address holds the 2^64 beside it, so those count as one. */
  static byte[] countedAs(InetAddress client) {
    byte[] address = client.getAddress();
    return client instanceof Inet6Address ? Arrays.copyOf(address, 8) : address;
  }

  private boolean isTrusted(InetAddress address) {
    return trustedProxies.stream().anyMatch(range -> range.contains(address));
  }
}
