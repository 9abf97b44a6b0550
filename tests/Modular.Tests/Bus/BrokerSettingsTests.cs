using Modular.Host.Bus.Groups;
using Modular.Host.Start;

namespace Modular.Tests.Bus;

/// <summary>The one file that turns messages over to a broker.</summary>
public sealed class BrokerSettingsTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void Groups_and_programs_have_queues_of_their_own()
    {
        var settings = Read("""
            { "address": "amqps://modular:secret@broker.example/clinic", "group": "east", "sends": { "west": ["facts.fact-noted.v1"] }, "programs": { "lab": ["facts.fact-told.v1"] } }
            """)!;

        Assert.Equal("modular.east", settings.Queue);
        Assert.Equal(["rabbitmq://queue/modular.west", "rabbitmq://queue/lab"], settings.Destinations.Select(d => d.Address));
        Assert.Null(BrokerSettings.Read(null));
    }

    [Theory]
    [InlineData("amqp://modular:secret@broker.example", "must begin with amqps://, because messages name patients")]
    [InlineData("amqp://modular:secret@10.0.0.7", "must begin with amqps://, because messages name patients")]
    [InlineData("https://modular:secret@broker.example", "the address begins with amqps://")]
    public void An_address_without_encryption_is_refused_unless_it_is_this_machine(string address, string sentence) =>
        Refused($$"""{ "address": "{{address}}", "group": "east" }""", sentence);

    [Theory]
    [InlineData("amqp://modular:secret@127.0.0.1:5672")]
    [InlineData("amqp://modular:secret@localhost")]
    [InlineData("amqp://modular:secret@[::1]")]
    public void On_this_machine_an_address_without_encryption_will_do(string address) => Assert.NotNull(Read($$"""{ "address": "{{address}}", "group": "east" }"""));

    [Theory]
    [InlineData("""{ "address": "amqps://a:secret@b", "group": "East 1" }""", "\"East 1\" is no name of a group")]
    [InlineData("""{ "address": "amqps://a:secret@b", "group": "east", "sends": { "east": [] } }""", "a group sends nothing to itself")]
    [InlineData("""{ "address": "amqps://a:secret@b", "group": "east", "programs": { "modular.west": [] } }""", "cannot be the queue of a program")]
    [InlineData("""{ "address": "amqps://a:secret@b", "group": "east", "send": {} }""", "cannot be read")]
    [InlineData("""{ "address": "amqps://a:secret@b" }""", "cannot be read")]
    [InlineData("""{ "address": "amqps://a:secret@b" "group": "east" }""", "line 1")]
    public void Each_fault_has_a_sentence_and_the_password_is_in_none(string json, string sentence) => Refused(json, sentence);

    public void Dispose() => File.Delete(file);

    private BrokerSettings? Read(string json)
    {
        File.WriteAllText(file, json);
        return BrokerSettings.Read(file);
    }

    private void Refused(string json, string sentence)
    {
        var refused = Assert.Throws<SettingException>(() => Read(json));
        Assert.Contains(sentence, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.ToString(), StringComparison.Ordinal);
    }
}
