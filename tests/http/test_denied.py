"""Which addresses no request of a stranger's making may reach."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.http.denied import is_denied

DENIED = (
    "0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.1.2.3 168.63.129.16 169.254.169.254 172.16.0.1 "
    "172.31.255.255 192.0.0.8 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 "
    "239.255.255.255 240.0.0.1 255.255.255.255 "
    ":: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::a00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:10::1 "
    "2001:db8::1 2002:7f00:1:: 2002:a00:1:: 3fff::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1 fe80::1%1 "
)
PUBLIC = ["8.8.8.8", "1.1.1.1", "193.0.14.129", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1"]


@pytest.mark.parametrize("address", DENIED.split())
def test_what_is_not_the_public_internet_is_denied(address):
    assert is_denied(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_hosts_are_not(address):
    assert not is_denied(ip_address(address))


@given(st.ip_addresses())
def test_whatever_is_not_global_is_denied(address):
    if not address.is_global:
        assert is_denied(address)


@given(st.ip_addresses(v=4))
def test_no_way_of_wrapping_an_address_of_the_old_kind_gets_through(address):
    number = int(address)
    for wrapped in (number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80):
        assert is_denied(ip_address(wrapped.to_bytes(16, "big")))
