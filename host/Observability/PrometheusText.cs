using System.Globalization;
using System.Text;

namespace Modular.Host.Observability;

/// <summary>The text that a Prometheus server reads.</summary>
public static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void Gauge(StringBuilder text, string name, string help, double value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");

    public static void Gauge(StringBuilder text, string name, string help, string label, IEnumerable<(string Of, double Value)> values)
    {
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n");
        foreach (var (of, value) in values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}{{{label}=\"{Escape(of)}\"}} {value}\n");
        }
    }

    public static string Escape(string label) => label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
