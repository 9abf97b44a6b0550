using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Modular.Host.Contracts;
using Modular.Host.Start;

namespace Modular.Host.Bus.Groups;

/// <summary>What the file says that MODULAR_BROKER names: where the broker is, who this group of hosts is, and which messages leave and may come.</summary>
/// <param name="Address">With name and password; shown and logged nowhere.</param>
/// <param name="Sends">By the name of another group: the messages that it is told of.</param>
/// <param name="Programs">By the name of a queue that a program outside reads: the same.</param>
/// <param name="Takes">What may come from others.</param>
public sealed partial record BrokerSettings(
    Uri Address,
    string Group,
    IReadOnlyDictionary<string, string[]>? Sends = null,
    IReadOnlyDictionary<string, string[]>? Programs = null,
    string[]? Takes = null)
{
    private const string OwnQueues = "modular.";
    private static readonly JsonSerializerOptions Shape = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectRequiredConstructorParameters = true,
    };

    /// <summary>The queue that this group reads.</summary>
    public string Queue => OwnQueues + Group;

    public IReadOnlyList<Destination> Destinations { get; } =
    [
        .. (Sends ?? new Dictionary<string, string[]>()).Select(s => new Destination(OwnQueues + s.Key, false, s.Value)),
        .. (Programs ?? new Dictionary<string, string[]>()).Select(p => new Destination(p.Key, true, p.Value)),
    ];

    /// <exception cref="SettingException">The sentence says what is wrong, and never the address.</exception>
    public static BrokerSettings? Read(string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return null;
        }

        BrokerSettings settings;
        try
        {
            settings = JsonSerializer.Deserialize<BrokerSettings>(File.ReadAllText(file), Shape) ?? throw new JsonException();
        }
        catch (JsonException e)
        {
            // Its own text may quote the address.
            throw new SettingException($"The broker's settings in {file} cannot be read: look at {e.Path ?? "the file"}, line {(e.LineNumber ?? 0) + 1}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SettingException($"The broker's settings in {file} cannot be opened.");
        }

        return settings.Fault() is { } fault ? throw new SettingException($"The broker's settings in {file}: {fault}") : settings;
    }

    /// <summary>Why a message neither leaves nor comes; null when it may.</summary>
    public static string? FaultOf(string alias, MessageContracts contracts) => contracts.Find(alias) switch
    {
        null => $"{alias} is no message of a module here.",
        { OneHandler: true } => $"{alias} is a command or a question, and only events go from group to group.",
        _ => null,
    };

    private string? Fault() =>
        !Address.IsAbsoluteUri || Address.Scheme is not ("amqp" or "amqps") ? "the address begins with amqps://."
        // Bodies name patients.
        : Address.Scheme == "amqp" && !Address.IsLoopback
            ? "the address must begin with amqps://, because messages name patients; amqp:// will do for a broker on this machine alone."
        : (Sends?.Keys ?? []).Append(Group).FirstOrDefault(name => !GroupName().IsMatch(name)) is { } name
            ? $"\"{name}\" is no name of a group: small letters, digits and hyphens."
        : Sends?.ContainsKey(Group) == true ? "a group sends nothing to itself."
        : Programs?.Keys.FirstOrDefault(queue => queue.Length is 0 or > 100 || queue.StartsWith(OwnQueues, StringComparison.Ordinal)) is { } queue
            ? $"\"{queue}\" cannot be the queue of a program: queues of groups begin so."
        : null;

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,60}$")]
    private static partial Regex GroupName();
}

/// <param name="Queue">Where it goes.</param>
/// <param name="IsProgram">Somebody outside reads it, and made the queue; otherwise another group of hosts.</param>
public sealed record Destination(string Queue, bool IsProgram, string[] Aliases)
{
    /// <summary>As Wolverine writes it.</summary>
    public string Address => $"rabbitmq://queue/{Queue}";

    /// <summary>Why a message does not go there; null when it does.</summary>
    public string? FaultOf(string alias, MessageContracts contracts) =>
        BrokerSettings.FaultOf(alias, contracts) ?? (IsProgram && contracts.Find(alias)!.Needs is null ? $"{alias} goes to no program: its module names no permission for it." : null);
}
