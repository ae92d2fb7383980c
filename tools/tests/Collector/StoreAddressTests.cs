using GatewayAgent.Collector.Store;

namespace GatewayAgent.Tests.Collector;

public class StoreAddressTests
{
    [Theory]
    [InlineData("fleet.db", "fleet.db", false)]
    [InlineData("/data/fleet.db", "/data/fleet.db", false)]
    [InlineData("postgres://gw@db.example/fleet", "postgres://db.example:5432/fleet", true)]
    [InlineData("postgresql://gw:s%3Acret@[::1]:6432/fleet", "postgres://[::1]:6432/fleet", true)]
    [InlineData("postgres://%2Frun%2Fpostgresql/fleet?sslmode=disable", "postgres:///run/postgresql:5432/fleet", true)]
    [InlineData("postgres://u:p@h/d?sslmode=verify-full&sslrootcert=%2Fca.pem", "postgres://h:5432/d", true)]
    public void An_address_is_a_path_or_one_of_PostgreSQL_and_told_without_its_password(string text, string told, bool isShared)
    {
        var address = StoreAddress.Parse(text);

        Assert.Equal((told, isShared), (address.ToString(), address.IsShared));
    }

    [Theory]
    [InlineData("postgres://")]
    [InlineData("postgres://secret@host")]
    [InlineData("postgres://u:secret@host:port/d")]
    [InlineData("postgres://u:secret@host:99999/d")]
    [InlineData("postgres://u:secret@host/d?sslmode=secretly")]
    [InlineData("postgres://u:secret@host/d?Password=secret2")]
    [InlineData("postgres://u:secret@host/d#e")]
    public void What_is_no_address_is_refused_without_repeating_it(string text)
    {
        var refusal = Assert.Throws<CollectorStoreException>(() => StoreAddress.Parse(text));

        Assert.Contains("the store's address", refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message);
    }
}
