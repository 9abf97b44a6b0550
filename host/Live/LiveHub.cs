using System.Collections.Concurrent;
using System.Threading.Channels;
using Modular.Host.Installed;
using Modular.Host.Logging;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Live;

/// <param name="Key">Which one: a date, an id; empty for all.</param>
/// <param name="Location">Where it happened: for those who work there; null for all who may follow the topic.</param>
public sealed record LiveEvent(Guid Practice, string Topic, string Key, Guid? Location = null);

/// <summary>What one open page is told of, as its person may now.</summary>
/// <param name="Reach">Null for every location.</param>
public sealed record LiveSubscription(IReadOnlySet<string> Topics, IReadOnlySet<Guid>? Reach)
{
    public static LiveSubscription None { get; } = new(new HashSet<string>(), new HashSet<Guid>());

    public bool Takes(LiveEvent news) => Topics.Contains(news.Topic) && (Reach is null || news.Location is not { } place || Reach.Contains(place));
}

/// <summary>
/// News between hosts and open pages: told here at once, on the other hosts over the catalogue's channel. Only what changed is said,
/// never what it is; a browser that lost some fetches anew.
/// </summary>
public sealed class LiveHub(Catalogue catalogue, NodeService node, InstalledModules modules, ILogger<LiveHub> log) : BackgroundService
{
    private const string Kind = "live";

    /// <summary>More than this many at once are an import; pages that miss one fetch at the next.</summary>
    private const int Waiting = 4096;

    private readonly ConcurrentDictionary<LiveReader, byte> readers = new();
    private readonly Channel<LiveEvent> outgoing = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(Waiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly Dictionary<string, TopicDeclaration> topics = modules.WithCore.SelectMany(m => m.Declared.Topics).ToDictionary(t => t.Name);

    /// <summary>Raised when something about a session or a practice changed: who listens judges anew whether they may.</summary>
    public event Action<Guid>? Judged;

    public TopicDeclaration? Find(string topic) => topics.GetValueOrDefault(topic);

    /// <summary>The module a topic belongs to: the first part of its name.</summary>
    public static string ModuleOf(string topic) => topic.Split('.')[0];

    public LiveReader Open(Guid practice)
    {
        var reader = new LiveReader(practice, readers);
        readers[reader] = 0;
        return reader;
    }

    public void Tell(LiveEvent news)
    {
        Pass(news);
        outgoing.Writer.TryWrite(news);
    }

    private void Pass(LiveEvent news)
    {
        foreach (var reader in readers.Keys)
        {
            reader.Offer(news);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        node.Told += Hear;
        try
        {
            while (await outgoing.Reader.WaitToReadAsync(stoppingToken))
            {
                var some = new HashSet<LiveEvent>();
                while (outgoing.Reader.TryRead(out var news))
                {
                    some.Add(news);
                }

                await SendAsync(some, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            node.Told -= Hear;
        }
    }

    private async Task SendAsync(HashSet<LiveEvent> some, CancellationToken ct)
    {
        foreach (var news in some)
        {
            try
            {
                await catalogue.NotifyAsync(Kind, news.Practice, $"{node.NodeId} {news.Topic} {news.Location ?? Guid.Empty} {news.Key}", ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("Could not tell other hosts of {Topic}: {Reason}", news.Topic, Failure.Describe(e));
            }
        }
    }

    private void Hear(string kind, Guid practice, string detail)
    {
        if (kind != Kind)
        {
            Judged?.Invoke(practice);
            return;
        }

        var parts = detail.Split(' ', 4);
        if (parts.Length == 4 && parts[0] != $"{node.NodeId}" && Guid.TryParse(parts[2], out var place))
        {
            Pass(new(practice, parts[1], parts[3], place == Guid.Empty ? null : place));
        }
    }
}
