using System.Collections.Concurrent;
using System.Threading.Channels;
using Modular.Host.Installed;
using Modular.Host.Logging;
using Modular.Host.Practices;
using Modular.Sdk;

namespace Modular.Host.Live;

/// <summary>One open page's ear. Holds a bounded number of events; the oldest go first.</summary>
public sealed class LiveReader(Guid practice, ConcurrentDictionary<LiveReader, byte> all) : IDisposable
{
    private readonly Channel<LiveEvent> events = Channel.CreateBounded<LiveEvent>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest });
    private volatile LiveSubscription subscription = LiveSubscription.None;

    public LiveSubscription Subscription { get => subscription; set => subscription = value; }

    public void Offer(LiveEvent news)
    {
        if (news.Practice == practice && subscription.Takes(news))
        {
            events.Writer.TryWrite(news);
        }
    }

    public bool TryRead(out LiveEvent? news) => events.Reader.TryRead(out news);

    public ValueTask<bool> WaitAsync(CancellationToken ct) => events.Reader.WaitToReadAsync(ct);

    public void Dispose() => all.TryRemove(this, out _);
}
