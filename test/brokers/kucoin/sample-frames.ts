/** One frame of each kind, written by hand after docs/wire-formats/kucoin.md. */
const TIME = '1729842192785164840';

export const SAMPLE_FRAMES: readonly string[] = [
  '{"id":"hQvf8jkno","type":"welcome"}',
  '{"id":"7","type":"ack"}',
  '{"id":"8","type":"pong"}',
  '{"code":404,"data":"topic /market/match:NO-USDT is not found","id":"9","type":"error"}',
  '{"id":"660fd6c84d0eab582c237b51","type":"error","code":401,"data":"token is expired"}',
  `{"topic":"/market/candles:BTC-USDT_1min","type":"message","subject":"trade.candles.update","data":{"symbol":"BTC-USDT","candles":["1729842180","67644.9","67437.6","67724.8","67243.8","44.88321441","3027558.99"],"time":${TIME}}}`,
  `{"topic":"/market/match:BTC-USDT","type":"message","subject":"trade.l3match","data":{"symbol":"BTC-USDT","side":"buy","type":"match","price":"67523","size":"0.003","sequence":"11","tradeId":"11","time":"${TIME}"}}`,
  '{"topic":"/market/ticker:BTC-USDT","type":"message","subject":"trade.ticker","data":{"bestAsk":"67218.7","bestAskSize":"1.9","bestBid":"67218.6","bestBidSize":"0.01","price":"67220","sequence":"14691455768","size":"0.00004316","time":1729842192000}}',
  '{"topic":"/market/ticker:all","type":"message","subject":"BTC-USDT","data":{"bestAsk":"67218.7","bestBid":"67218.6","price":"67220","sequence":"14691455769","time":1729842192001}}',
  '{"topic":"/spotMarket/level2Depth5:BTC-USDT","type":"message","subject":"level2","data":{"asks":[["67996.7","1.1"],["67996.8","0.2"]],"bids":[["67996.6","0.3"],["67995.3","0.2"]],"timestamp":1729842192746}}',
  '{"topic":"/spotMarket/level1:BTC-USDT","type":"message","subject":"level1","data":{"asks":["68145.8","0.5"],"bids":["68145.7","1.2"],"timestamp":1729842192766}}',
];

/** Bodies of REST answers. */
export const SAMPLE_ANSWERS: readonly string[] = [
  '{"code":"200000","data":1729842192873}',
  '{"code":"400100","msg":"Invalid Parameter."}',
  '{"code":"200000","data":{"token":"fake==","instanceServers":[{"endpoint":"wss://stream.example/","encrypt":true,"protocol":"websocket","pingInterval":18000,"pingTimeout":10000}]}}',
  '{"code":"200000","data":[["1566789720","10411.5","10401.9","10411.5","10396.3","29.1","302889.3"],["1566789660","10416","10411.5","10422.3","10411.5","15.6","162703.7"]]}',
  '{"code":"200000","data":[{"symbol":"GALAX-USDT","name":"GALA-USDT","baseCurrency":"GALAX","quoteCurrency":"USDT","baseIncrement":"0.0001","priceIncrement":"0.00001","enableTrading":true}]}',
  '{"code":"200000","data":{"time":1729842192873,"ticker":[{"symbol":"BTC-USDT","buy":"1","sell":"2","last":"1.5"},{"symbol":"ETH-USDT","last":null}]}}',
];
