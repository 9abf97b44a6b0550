namespace Modular.Billing.X12;

/// <summary>Names of segments, made once for those that are known: a large file has millions of them and a few dozen names.</summary>
internal static class SegmentIds
{
    private static readonly Dictionary<int, string> Known = SegmentTable.All.Keys.ToDictionary(id => Key(System.Text.Encoding.ASCII.GetBytes(id)));

    public static string Of(ReadOnlySpan<byte> id) => id.Length is 2 or 3 && Known.TryGetValue(Key(id), out var known)
        ? known : Segment.Text(id.Length > 40 ? id[..40] : id);

    private static int Key(ReadOnlySpan<byte> id) => id[0] | (id[1] << 8) | (id.Length > 2 ? id[2] << 16 : 0);
}
