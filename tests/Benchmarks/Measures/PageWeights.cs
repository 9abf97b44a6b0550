using System.Text.Json;
using Microsoft.Playwright;
using Modular.Benchmarks.Data;
using Modular.Benchmarks.Running;
using static Modular.Benchmarks.Figures;

namespace Modular.Benchmarks.Measures;

/// <summary>What a browser fetches for a page, first with an empty cache, then again; counted by the browser itself. The live stream stays open and is not counted.</summary>
public static class PageWeights
{
    private sealed record Weight(int Requests, double Bytes, double Milliseconds);

    public static async Task<IReadOnlyList<Row>> MeasureAsync(ServerProcess host, ServerProcess floor, PracticeData data)
    {
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-gpu"],
        });
        var rows = new List<Row>();
        foreach (var (name, path, most) in new[]
        {
            ("Home", "/", 25), ("Day page", data.DayPage, 12), ("Chart", $"/patients/charts/{PracticeData.Patient(7)}", 25), ("Patients list", "/patients", 25),
        })
        {
            using var desk = await Desk.SignInAsync(host, data.Slug, "front-desk");
            var (cold, warm) = await WeighAsync(browser, $"http://{data.Slug}.localhost:{host.Port}", path, desk.Cookies);
            var last = warm[^1];
            rows.Add(new($"{name}, cold: requests / KB", $"{cold.Requests} / {Kb(cold.Bytes)}", Budget: "≤ 6 / 120 KB", Met: cold.Requests <= 6 && cold.Bytes <= 120 * 1024));
            rows.Add(new($"{name}, warm: requests / KB", $"{last.Requests} / {Kb(last.Bytes)}", Budget: $"≤ 1 / {most} KB", Met: last.Requests <= 1 && last.Bytes <= most * 1024));
            if (path == data.DayPage)
            {
                var (_, bare) = await WeighAsync(browser, $"http://localhost:{floor.Port}", $"/mvc/day?date={data.Day:yyyy-MM-dd}&location={Site.Main}", []);
                var (ours, ceiling) = (warm.Select(w => w.Milliseconds).ToList(), bare.Select(w => w.Milliseconds).ToList());
                rows.Add(new("Day page warm, in the browser, until loaded", Ms(ours.Median()), Ms(ceiling.Median()), Times(ours.RatioTo(ceiling)), "≤ 250 ms", ours.Median() <= 250));
            }
        }

        return rows;
    }

    private static async Task<(Weight Cold, List<Weight> Warm)> WeighAsync(IBrowser browser, string origin, string path, IEnumerable<KeyValuePair<string, string>> cookies)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Key, Value = c.Value, Url = origin }));
        var page = await context.NewPageAsync();
        var session = await context.NewCDPSessionAsync(page);
        await session.SendAsync("Network.enable");
        var traffic = new Traffic(session);
        var cold = await LoadAsync(page, traffic, origin + path);
        var warm = new List<Weight>();
        for (var i = 0; i < 10; i++)
        {
            await page.GotoAsync("about:blank");
            warm.Add(await LoadAsync(page, traffic, origin + path));
        }

        return (cold, warm);
    }

    private static async Task<Weight> LoadAsync(IPage page, Traffic traffic, string address)
    {
        traffic.Reset();
        var response = await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        if (response is not { Status: 200 } || new Uri(page.Url).AbsolutePath != new Uri(address).AbsolutePath)
        {
            throw new InvalidOperationException($"{address} gave {response?.Status} and ended at {page.Url}.");
        }

        var loaded = await page.EvaluateAsync<double>("() => performance.getEntriesByType('navigation')[0].loadEventEnd || performance.now()");
        // What scripts ask for once the page stands counts too.
        await Task.Delay(400);
        return traffic.Weigh(loaded);
    }

    /// <summary>Requests that went over the wire and the bytes that came back, headers included.</summary>
    private sealed class Traffic
    {
        private readonly Dictionary<string, double> bytes = [];
        private readonly HashSet<string> ignored = [];

        public Traffic(ICDPSession session)
        {
            session.Event("Network.requestWillBeSent").OnEvent += (_, e) => Sent(e!.Value);
            session.Event("Network.requestServedFromCache").OnEvent += (_, e) => Ignore(Id(e!.Value));
            session.Event("Network.responseReceived").OnEvent += (_, e) => Received(e!.Value);
            session.Event("Network.loadingFinished").OnEvent += (_, e) => Finished(e!.Value);
        }

        public void Reset()
        {
            lock (bytes)
            {
                bytes.Clear();
                ignored.Clear();
            }
        }

        public Weight Weigh(double milliseconds)
        {
            lock (bytes)
            {
                var counted = bytes.Where(b => !ignored.Contains(b.Key)).ToList();
                return new(counted.Count, counted.Sum(b => b.Value), milliseconds);
            }
        }

        private void Sent(JsonElement e)
        {
            var address = e.GetProperty("request").GetProperty("url").GetString()!;
            var stream = e.TryGetProperty("type", out var type) && type.GetString() == "EventSource";
            lock (bytes)
            {
                if (address.StartsWith("http", StringComparison.Ordinal) && !stream)
                {
                    bytes.TryAdd(Id(e), 0);
                }
            }
        }

        private void Received(JsonElement e)
        {
            var response = e.GetProperty("response");
            if (response.TryGetProperty("fromDiskCache", out var cached) && cached.GetBoolean() || response.GetProperty("mimeType").GetString() == "text/event-stream")
            {
                Ignore(Id(e));
            }
        }

        private void Finished(JsonElement e)
        {
            lock (bytes)
            {
                if (bytes.ContainsKey(Id(e)))
                {
                    bytes[Id(e)] = e.GetProperty("encodedDataLength").GetDouble();
                }
            }
        }

        private void Ignore(string id)
        {
            lock (bytes)
            {
                ignored.Add(id);
            }
        }

        private static string Id(JsonElement e) => e.GetProperty("requestId").GetString()!;
    }
}
