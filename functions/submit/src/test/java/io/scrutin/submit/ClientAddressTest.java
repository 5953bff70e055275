package io.scrutin.submit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // trusted | peer | X-Forwarded-For | client
        "- | 198.51.100.7 | - | 198.51.100.7",
        "- | 198.51.100.7 | 203.0.113.9 | 198.51.100.7",
        "10.0.0.0/8 | 198.51.100.7 | 203.0.113.9 | 198.51.100.7",
        "10.0.0.0/8 | 10.1.2.3 | - | 10.1.2.3",
        "10.0.0.0/8 | 10.1.2.3 | 203.0.113.9 | 203.0.113.9",
        "10.0.0.0/8 | 10.1.2.3 | 1.2.3.4, 203.0.113.9, 10.9.9.9 | 203.0.113.9",
        "10.0.0.0/8 | 10.1.2.3 | 1.2.3.4, 203.0.113.9 | 203.0.113.9",
        "10.0.0.0/8 | 10.1.2.3 | nonsense | 10.1.2.3",
        "10.0.0.0/8 | 10.1.2.3 | evil.example.org | 10.1.2.3",
        "10.0.0.0/8 | 10.1.2.3 | 10.4.4.4 | 10.4.4.4",
        "127.0.0.1 | 127.0.0.1 | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
        "::1 | ::1 | 203.0.113.9 | 203.0.113.9",
      })
  void believesForwardedAddressesOnlyFromTrustedProxies(
      String trusted, String peer, String forwardedFor, String client) {
    List<AddressRange> ranges = trusted == null ? List.of() : List.of(AddressRange.parse(trusted));
    assertThat(new ClientAddress(ranges).of(InetAddress.ofLiteral(peer), forwardedFor))
        .isEqualTo(InetAddress.ofLiteral(client));
  }

  @Test
  void countsWhoeverHoldsAnIpv6NetworkOnce() {
    assertThat(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8::1")))
        .isEqualTo(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8::ffff:1")))
        .isNotEqualTo(ClientAddress.countedAs(InetAddress.ofLiteral("2001:db8:0:1::1")));
  }

  @Test
  void refusesARangeThatIsNone() {
    assertThatThrownBy(() -> AddressRange.parse("10.0.0.0/33"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> AddressRange.parse("proxy.example.org"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
