using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Modular.Host.Start;

/// <summary>
/// The balancers before this host. Only what they say of a caller's address and of TLS is believed; from everybody else the headers are
/// words of a stranger. Without any the headers are not read at all.
/// </summary>
public static class TrustedProxies
{
    /// <param name="setting">Addresses and networks with commas between: <c>10.0.0.5, 10.1.0.0/24</c>.</param>
    /// <exception cref="SettingException">One of them cannot be read.</exception>
    public static IReadOnlyList<IPNetwork> Read(string? setting) =>
    [
        .. (setting ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(text =>
            IPAddress.TryParse(text, out var one) ? new IPNetwork(one, one.GetAddressBytes().Length * 8)
            : IPNetwork.TryParse(text, out var network) ? network
            : throw new SettingException($"MODULAR_PROXIES holds {text}, which is neither an address nor a network such as 10.1.0.0/24.")),
    ];

    /// <summary>Before anything that looks at the caller's address or the scheme.</summary>
    public static void UseTrustedProxies(this WebApplication app, IReadOnlyList<IPNetwork> proxies)
    {
        if (proxies.Count == 0)
        {
            return;
        }

        // The host name is the practice's and comes through as the browser sent it.
        const ForwardedHeaders Read = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = Read, ForwardLimit = null };
        // The framework would trust the own machine; here only those are trusted that are named.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            options.KnownIPNetworks.Add(proxy);
        }

        app.UseForwardedHeaders(options);
    }
}
